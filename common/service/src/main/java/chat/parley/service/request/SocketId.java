package chat.parley.service.request;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The socket that a caller names to be left out of the events its call causes. */
public final class SocketId {

    /** The header that names it. */
    public static final String HEADER = "X-Socket-Id";

    // As pusher-js checks it: two numbers and a dot. Each has at most 20 digits, as many as 64 bits give.
    private static final Pattern FORM = Pattern.compile("\\d{1,20}\\.\\d{1,20}");

    private SocketId() {}

    /** The header's value, or null if it is absent or no socket's: a wrong one is no reason to refuse the call. */
    public static @Nullable String orNull(@Nullable String header) {
        return header != null && FORM.matcher(header).matches() ? header : null;
    }
}
