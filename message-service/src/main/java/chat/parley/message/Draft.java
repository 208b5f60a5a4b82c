package chat.parley.message;

import chat.parley.contracts.EventId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that has been checked and waits for its place in the room.
 *
 * @param parent the seq of a top-level message of the same room
 * @param clientId the author's own name for it, by which a second try is known
 * @param socketId the author's socket that wants no echo
 */
public record Draft(
    EventId event,
    UserId author,
    String content,
    @Nullable Long parent,
    List<MediaSnapshot> attachments,
    List<UserId> mentions,
    @Nullable String clientId,
    @Nullable String socketId
) {
    public Draft {
        attachments = List.copyOf(attachments);
        mentions = List.copyOf(mentions);
    }
}
