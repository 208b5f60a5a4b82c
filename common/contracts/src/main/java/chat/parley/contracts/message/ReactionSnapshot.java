package chat.parley.contracts.message;

import chat.parley.contracts.UserId;
import java.util.List;

/**
 * All reactions of one kind to a message.
 *
 * @param userIds the first 20 who reacted so
 */
public record ReactionSnapshot(String reactionType, int count, List<UserId> userIds) {
    public ReactionSnapshot {
        userIds = List.copyOf(userIds);
    }
}
