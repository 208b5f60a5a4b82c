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

    /** How many a message has by name on its page, but for those who are shown. */
    public static final int MOST_ON_PAGE = 200;

    public Reaction {
        users = List.copyOf(users);
    }

    /** As a page has it that knows only the first of them; the others spill over. */
    Reaction first(int some) {
        return some < users.size() ? new Reaction(type, count, users.subList(0, some), true) : this;
    }

    ReactionSnapshot snapshot() {
        return new ReactionSnapshot(type, count, users.subList(0, Math.min(SHOWN, users.size())));
    }
}
