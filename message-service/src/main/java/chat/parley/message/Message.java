package chat.parley.message;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.contracts.message.MessageType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as its page keeps it.
 *
 * @param event the event that told of it; also how a writer recognises its own message after a lost answer
 * @param parent the seq of the thread's first message, always a top-level one
 * @param attachments as they were when it was sent; their addresses expire, {@link Attachments} renews them
 */
public record Message(
    RoomId room,
    long seq,
    EventId event,
    UserId author,
    String content,
    MessageType type,
    @Nullable Long parent,
    List<MediaSnapshot> attachments,
    List<UserId> mentions,
    @Nullable String clientId,
    Instant at
) {
    public Message {
        attachments = List.copyOf(attachments);
        mentions = List.copyOf(mentions);
    }

    static Message of(RoomId room, long seq, Draft draft, Instant at) {
        return new Message(
            room,
            seq,
            draft.event(),
            draft.author(),
            draft.content(),
            draft.attachments().isEmpty() ? MessageType.TEXT : MessageType.FILE,
            draft.parent(),
            draft.attachments(),
            draft.mentions(),
            draft.clientId(),
            at
        );
    }

    boolean isOf(Draft draft) {
        return event.equals(draft.event());
    }

    /** Whether this is what an earlier try of the same client has left. */
    boolean repeats(Draft draft) {
        return (
            draft.clientId() != null && draft.clientId().equals(clientId) && draft.author().equals(author)
        );
    }

    /** The message as clients see it. */
    public MessageSnapshot snapshot(Replies replies) {
        return new MessageSnapshot(
            new MessageId(room, seq),
            room,
            seq,
            author,
            content,
            type,
            parent == null ? null : new MessageId(room, parent),
            replies.count(),
            replies.lastAt(),
            attachments,
            List.of(),
            mentions,
            clientId,
            at,
            at,
            null,
            null
        );
    }
}
