package chat.parley.sealing;

import org.jspecify.annotations.Nullable;

/** There is no keyset where one was said to be, or it is not what it has to be. Says where, and never what is in it. */
public final class KeysetUnusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeysetUnusable(String message) {
        this(message, null);
    }

    KeysetUnusable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
