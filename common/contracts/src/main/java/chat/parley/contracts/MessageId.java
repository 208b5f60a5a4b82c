package chat.parley.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A message's id: its room and its place there, so that any message is found by key alone. Opaque to clients:
 * 22 characters of base64url for the room, a dot, and the seq in base 36; at most 36 URL-safe characters.
 */
public record MessageId(RoomId room, long seq) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}\\.[1-9a-z][0-9a-z]{0,11}");
    private static final int ROOM_CHARS = 22;
    private static final int RADIX = 36;

    public MessageId {
        if (seq < 1) {
            throw new IllegalArgumentException("a message's seq starts at 1");
        }
    }

    /**
     * @throws IllegalArgumentException if the text was never given out as a message's id
     */
    @JsonCreator
    public static MessageId of(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a message id");
        }
        ByteBuffer room = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(0, ROOM_CHARS)));
        long seq = Long.parseLong(text.substring(ROOM_CHARS + 1), RADIX);
        MessageId id = new MessageId(new RoomId(new UUID(room.getLong(), room.getLong())), seq);
        // The last of the 22 characters has four spare bits: without this one message had sixteen ids.
        if (!id.toString().equals(text)) {
            throw new IllegalArgumentException("not a message id");
        }
        return id;
    }

    @JsonValue
    @Override
    public String toString() {
        UUID uuid = room.value();
        byte[] bytes = ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
        return (
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + '.' + Long.toString(seq, RADIX)
        );
    }
}
