package chat.parley.media.uploading;

import chat.parley.media.MediaFailure.FileTooLarge;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.util.unit.DataSize;

/**
 * What is learnt of a file's bytes while they pass: how many they are, their hash, and how they begin. For one
 * subscription, whose signals come one after the other.
 */
final class Observation {

    /** Enough for the type of any file and for the size of nearly any picture. */
    private static final int BEGINNING = 256 * 1024;

    private final DataSize limit;
    private final MessageDigest digest = sha256();
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private long size;

    Observation(DataSize limit) {
        this.limit = limit;
    }

    /**
     * Looks at the bytes and leaves them as they are.
     *
     * @param bytes on the heap
     * @throws FileTooLarge with the first byte too many
     */
    void see(ByteBuffer bytes) {
        size += bytes.remaining();
        if (size > limit.toBytes()) {
            throw new FileTooLarge(limit);
        }
        int wanted = Math.min(BEGINNING - beginning.size(), bytes.remaining());
        beginning.write(bytes.array(), bytes.arrayOffset() + bytes.position(), wanted);
        digest.update(bytes.duplicate());
    }

    long size() {
        return size;
    }

    byte[] beginning() {
        return beginning.toByteArray();
    }

    /** In hex; once, after the last byte. */
    String sha256Hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
