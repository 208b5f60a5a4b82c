package chat.parley.message;

import chat.parley.contracts.UserId;
import chat.parley.contracts.message.ReactionSnapshot;
import java.util.List;

/**
 * All reactions of one kind to a message.
 *
 * @param count of all who reacted so
 * @param users those of them whom the page knows, in the order of their reacting
 * @param spilled whether there are, or have been, others, who stand among the {@link Reactors}
 */
public record Reaction(String type, int count, List<UserId> users, boolean spilled) {
    /** How many clients get to see by name. */
    public static final int SHOWN = 20;

    public Reaction {
        users = List.copyOf(users);
    }

    ReactionSnapshot snapshot() {
        return new ReactionSnapshot(type, count, users.subList(0, Math.min(SHOWN, users.size())));
    }
}
