package chat.parley.contracts.message;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaSnapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message as history and channels show it: {@code Message} of the API. */
public record MessageSnapshot(
    MessageId id,
    RoomId roomId,
    long seq,
    @Nullable UserId userId,
    String content,
    MessageType type,
    @Nullable MessageId parentId,
    int replyCount,
    @Nullable Instant lastReplyAt,
    List<MediaSnapshot> attachments,
    List<ReactionSnapshot> reactions,
    List<UserId> mentions,
    @Nullable String clientId,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant editedAt,
    @Nullable Instant deletedAt
) {
    public MessageSnapshot {
        attachments = List.copyOf(attachments);
        reactions = List.copyOf(reactions);
        mentions = List.copyOf(mentions);
    }
}
