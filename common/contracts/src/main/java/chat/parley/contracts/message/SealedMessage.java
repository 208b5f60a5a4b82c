package chat.parley.contracts.message;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@link MessageSnapshot} as services tell each other of it: who and when is readable, what was said is not. */
public record SealedMessage(
    MessageId id,
    RoomId roomId,
    long seq,
    @Nullable UserId userId,
    SealedContent sealed,
    MessageType type,
    @Nullable MessageId parentId,
    int replyCount,
    @Nullable Instant lastReplyAt,
    List<ReactionSnapshot> reactions,
    List<UserId> mentions,
    @Nullable String clientId,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant editedAt,
    @Nullable Instant deletedAt
) {
    public SealedMessage {
        // Events from before messages were sealed have none.
        sealed = Objects.requireNonNullElse(sealed, SealedContent.NONE);
        reactions = List.copyOf(reactions);
        mentions = List.copyOf(mentions);
    }

    public static SealedMessage of(MessageSnapshot message, SealedContent sealed) {
        return new SealedMessage(
            message.id(),
            message.roomId(),
            message.seq(),
            message.userId(),
            sealed,
            message.type(),
            message.parentId(),
            message.replyCount(),
            message.lastReplyAt(),
            message.reactions(),
            message.mentions(),
            message.clientId(),
            message.createdAt(),
            message.updatedAt(),
            message.editedAt(),
            message.deletedAt()
        );
    }

    /** The message as its readers see it. */
    public MessageSnapshot with(MessageContent content) {
        return new MessageSnapshot(
            id,
            roomId,
            seq,
            userId,
            content.content(),
            type,
            parentId,
            replyCount,
            lastReplyAt,
            content.attachments(),
            reactions,
            mentions,
            clientId,
            createdAt,
            updatedAt,
            editedAt,
            deletedAt
        );
    }
}
