package chat.parley.service.paging;

import chat.parley.service.problem.MalformedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list, opaque to clients: the sort values of the last row they have seen.
 *
 * @param parts at least one; none holds a line break
 */
public record Cursor(List<String> parts) {
    private static final int MAX_LENGTH = 512;

    public Cursor {
        parts = List.copyOf(parts);
    }

    public static Cursor of(String... parts) {
        return new Cursor(List.of(parts));
    }

    /**
     * The cursor a client sent back, or null if it sent none.
     *
     * @param parts how many parts the list's cursors have
     * @throws MalformedRequest if it is not one of this list's
     */
    public static @Nullable Cursor parse(@Nullable String text, int parts) {
        if (text == null) {
            return null;
        }
        if (text.length() > MAX_LENGTH) {
            throw bad();
        }
        Cursor cursor = decode(text);
        if (cursor.parts.size() != parts) {
            throw bad();
        }
        return cursor;
    }

    private static Cursor decode(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return new Cursor(plain.lines().toList());
        } catch (IllegalArgumentException e) {
            throw bad();
        }
    }

    /** For readers of a part that turns out to be no number, time or id. */
    public static MalformedRequest bad() {
        return new MalformedRequest("The cursor is not one of this list's.");
    }

    public String part(int index) {
        return parts.get(index);
    }

    @Override
    public String toString() {
        byte[] plain = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }
}
