package chat.parley.room;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.contracts.message.MessageType;
import chat.parley.contracts.message.SealedContent;
import chat.parley.contracts.message.SealedMessage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What message-service tells on Kafka of messages, as far as room-service looks at it. */
public final class SentMessages {

    private SentMessages() {}

    /** @param author null if the system has sent it */
    public static MessageSent sent(MessageId id, @Nullable UserId author, Instant at) {
        return new MessageSent(
            EventId.random(),
            at,
            null,
            id.room(),
            SealedMessage.of(message(id, author, at), SealedContent.NONE)
        );
    }

    private static MessageSnapshot message(MessageId id, @Nullable UserId author, Instant at) {
        return new MessageSnapshot(
            id,
            id.room(),
            id.seq(),
            author,
            "hello",
            MessageType.TEXT,
            null,
            0,
            null,
            List.of(),
            List.of(),
            List.of(),
            null,
            at,
            at,
            null,
            null
        );
    }
}
