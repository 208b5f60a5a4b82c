package chat.parley.contracts.message;

import chat.parley.contracts.Event;
import chat.parley.contracts.EventId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a message, told by message-service on {@link chat.parley.contracts.Topic#MESSAGES}, keyed by
 * room. A record that mentions people names them in the header {@link #MENTIONS_HEADER} too, so that a reader knows
 * whether anyone of them is near before it parses anything. What was said travels sealed, see {@link
 * SealedContent}.
 *
 * <p>{@code socketId} is the socket that caused it and wants no echo, if the caller named one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface MessageEvent extends Event {
    /** Kafka header: ids of the mentioned users, separated by commas, in ASCII. */
    String MENTIONS_HEADER = "mentions";

    RoomId roomId();

    @Override
    default String key() {
        return roomId().toString();
    }

    @JsonTypeName("message.sent")
    record MessageSent(
        EventId eventId,
        Instant at,
        @Nullable String socketId,
        RoomId roomId,
        SealedMessage message
    ) implements MessageEvent {}

    /**
     * The message is another one now, as a whole.
     *
     * @param mentioned who is mentioned in it and was not before
     */
    @JsonTypeName("message.updated")
    record MessageUpdated(
        EventId eventId,
        Instant at,
        @Nullable String socketId,
        RoomId roomId,
        SealedMessage message,
        List<UserId> mentioned
    ) implements MessageEvent {
        public MessageUpdated {
            mentioned = List.copyOf(mentioned);
        }
    }

    @JsonTypeName("message.deleted")
    record MessageDeleted(
        EventId eventId,
        Instant at,
        @Nullable String socketId,
        RoomId roomId,
        MessageId messageId,
        long seq,
        UserId userId
    ) implements MessageEvent {}

    /** The user has read everything up to this message. room-service moves the marker. */
    @JsonTypeName("message.read")
    record MessageRead(
        EventId eventId,
        Instant at,
        @Nullable String socketId,
        RoomId roomId,
        MessageId messageId,
        long seq,
        UserId userId
    ) implements MessageEvent {}

    @JsonTypeName("reaction.added")
    record ReactionAdded(
        EventId eventId,
        Instant at,
        @Nullable String socketId,
        RoomId roomId,
        MessageId messageId,
        UserId userId,
        String reactionType,
        int count
    ) implements MessageEvent {}

    @JsonTypeName("reaction.removed")
    record ReactionRemoved(
        EventId eventId,
        Instant at,
        @Nullable String socketId,
        RoomId roomId,
        MessageId messageId,
        UserId userId,
        String reactionType,
        int count
    ) implements MessageEvent {}

    /**
     * Messages from elsewhere, with times of their own, now stand at these places of the room. They are in the history;
     * nobody is told of each, and nobody has them to read.
     *
     * @param firstSeq of the run, which has no gaps
     * @param lastSeq of the run
     * @param lastMessageAt the latest of their times
     */
    @JsonTypeName("messages.imported")
    record MessagesImported(
        EventId eventId,
        Instant at,
        RoomId roomId,
        long firstSeq,
        long lastSeq,
        Instant lastMessageAt
    ) implements MessageEvent {}
}
