package chat.parley.message;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The socket that a client names as the one that wants no echo of what it causes. */
public final class SocketId {

    /** The request header that names it. */
    public static final String HEADER = "X-Socket-Id";

    // As the realtime nodes give them out; anything else is no socket's and left out of events.
    private static final Pattern FORM = Pattern.compile("[0-9]{1,20}\\.[0-9]{1,20}");

    private SocketId() {}

    /** The header's value if it can be a socket's id. */
    public static @Nullable String orNull(@Nullable String header) {
        return header != null && FORM.matcher(header).matches() ? header : null;
    }
}
