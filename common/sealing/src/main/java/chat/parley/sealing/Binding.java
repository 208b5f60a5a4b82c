package chat.parley.sealing;

import chat.parley.contracts.RoomId;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * What something sealed is, as the associated data of its encryption: it opens as nothing else. 26 bytes, big-endian:
 *
 * <pre>
 * 1  the format of what is sealed, {@link Sealer#FORMAT}
 * 1  the kind: 1 a message's content, 2 an archived page, 3 the proof of a key
 * 16 the room's id; zero for the proof of a key
 * 8  the message's seq, or the page's number, or the key's
 * </pre>
 *
 * <p>What was ever sealed depends on this layout: it can never change, only get another format.
 */
public final class Binding {

    private static final int LENGTH = 26;
    private static final byte MESSAGE = 1;
    private static final byte ARCHIVED_PAGE = 2;
    private static final byte PROOF = 3;
    private static final UUID NO_ROOM = new UUID(0, 0);

    private final byte[] bytes;

    private Binding(byte kind, UUID room, long number) {
        this.bytes = ByteBuffer.allocate(LENGTH)
            .put(Sealer.FORMAT)
            .put(kind)
            .putLong(room.getMostSignificantBits())
            .putLong(room.getLeastSignificantBits())
            .putLong(number)
            .array();
    }

    /** The content of this message. */
    public static Binding message(RoomId room, long seq) {
        return new Binding(MESSAGE, room.value(), seq);
    }

    /** A page of the room that has left the database. */
    public static Binding archivedPage(RoomId room, long number) {
        return new Binding(ARCHIVED_PAGE, room.value(), number);
    }

    /** What shows that somebody has this key. */
    static Binding proof(KeyId key) {
        return new Binding(PROOF, NO_ROOM, Integer.toUnsignedLong(key.value()));
    }

    byte[] bytes() {
        return bytes;
    }
}
