package chat.parley.contracts.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/**
 * A {@link MessageContent} that only who has the key can open, and only as what it is: bound to its room and seq, it
 * opens nowhere else. On the wire it is base64.
 */
public final class SealedContent {

    /** Of a message without content, such as a deleted one. */
    public static final SealedContent NONE = new SealedContent(new byte[0]);

    private final byte[] bytes;

    private SealedContent(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param bytes not copied: they are nobody else's from now on
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static SealedContent of(byte[] bytes) {
        return bytes.length == 0 ? NONE : new SealedContent(bytes);
    }

    /** The bytes themselves, not to be changed. */
    @JsonValue
    public byte[] bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedContent sealed && Arrays.equals(bytes, sealed.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "SealedContent[" + bytes.length + " bytes]";
    }
}
