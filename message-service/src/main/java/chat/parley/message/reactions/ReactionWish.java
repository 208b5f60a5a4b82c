package chat.parley.message.reactions;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.UserId;
import chat.parley.message.Message;
import chat.parley.message.Reaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish about a reaction of theirs.
 *
 * @param socketId that one's socket that wants no echo
 */
public record ReactionWish(MessageId id, UserId user, String type, @Nullable String socketId) {
    /** The message with this kind of reaction as it is now; one that nobody has chosen is gone. */
    static Message with(Message message, Reaction kind) {
        List<Reaction> kinds = new ArrayList<>(message.reactions());
        int place = placeOf(kind.type(), kinds);
        if (place < 0) {
            kinds.add(kind);
        } else if (kind.count() == 0) {
            kinds.remove(place);
        } else {
            kinds.set(place, kind);
        }
        return message.reacted(kinds);
    }

    private static int placeOf(String type, List<Reaction> kinds) {
        for (int place = 0; place < kinds.size(); place++) {
            if (kinds.get(place).type().equals(type)) {
                return place;
            }
        }
        return -1;
    }
}
