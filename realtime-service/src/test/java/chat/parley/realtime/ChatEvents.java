package chat.parley.realtime;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageContent;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.contracts.message.MessageType;
import chat.parley.contracts.message.SealedMessage;
import chat.parley.contracts.room.MemberSnapshot;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomEvent.MemberAdded;
import chat.parley.contracts.room.RoomEvent.MemberRemoved;
import chat.parley.contracts.room.RoomEvent.RoomDeleted;
import chat.parley.contracts.room.RoomSnapshot;
import chat.parley.contracts.room.RoomType;
import chat.parley.contracts.room.UserSnapshot;
import chat.parley.sealing.KeyPurpose;
import chat.parley.sealing.Keyring;
import chat.parley.sealing.KeysetSource;
import chat.parley.sealing.MessageSealer;
import chat.parley.sealing.Sealer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events as the other services would tell them. */
public final class ChatEvents {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    /** With the key of the profile {@code test}. */
    private static final MessageSealer SEALER = new MessageSealer(
        new Sealer(new Keyring(KeysetSource.of(KeyPurpose.MESSAGES, "local-only-message-keyset", null)))
    );

    private ChatEvents() {}

    public static MessageSent sent(RoomId room, long seq, UserId author) {
        return sent(room, seq, author, "message " + seq, null, List.of());
    }

    public static MessageSent sent(
        RoomId room,
        long seq,
        UserId author,
        String content,
        @Nullable String socketId,
        List<UserId> mentions
    ) {
        var message = new MessageSnapshot(
            new MessageId(room, seq),
            room,
            seq,
            author,
            content,
            MessageType.TEXT,
            null,
            0,
            null,
            List.of(),
            List.of(),
            mentions,
            null,
            NOW,
            NOW,
            null,
            null
        );
        return new MessageSent(EventId.random(), Instant.now(), socketId, room, sealed(message));
    }

    private static SealedMessage sealed(MessageSnapshot message) {
        var content = new MessageContent(message.content(), message.attachments());
        return SealedMessage.of(message, SEALER.seal(message.roomId(), message.seq(), content));
    }

    public static MemberAdded added(RoomId room, UserId user) {
        var snapshot = new RoomSnapshot(
            room,
            "general",
            RoomType.GROUP,
            null,
            null,
            null,
            user,
            NOW,
            NOW,
            2,
            41,
            NOW
        );
        var member = new MemberSnapshot(
            new UserSnapshot(user, "grace", "Grace", null, NOW),
            Role.MEMBER,
            NOW,
            40,
            null
        );
        return new MemberAdded(EventId.random(), Instant.now(), null, room, snapshot, member);
    }

    public static MemberRemoved removed(RoomId room, UserId user) {
        return new MemberRemoved(EventId.random(), Instant.now(), null, room, user);
    }

    public static RoomDeleted deleted(RoomId room) {
        return new RoomDeleted(EventId.random(), Instant.now(), null, room);
    }
}
