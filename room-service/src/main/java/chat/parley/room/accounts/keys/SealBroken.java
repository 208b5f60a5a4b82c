package chat.parley.room.accounts.keys;

import org.jspecify.annotations.Nullable;

/** What lies in the database cannot be opened: most likely PARLEY_AUTH_SEAL_KEY is another than it was. */
final class SealBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SealBroken(String name, @Nullable Throwable cause) {
        super(
            "signing key " + name + " cannot be opened; is PARLEY_AUTH_SEAL_KEY the one it was sealed with?",
            cause
        );
    }
}
