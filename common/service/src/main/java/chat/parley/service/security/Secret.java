package chat.parley.service.security;

import java.nio.charset.StandardCharsets;

/**
 * A secret from the configuration. It does not print itself, and it is long enough to be one.
 *
 * @param value at least 32 bytes
 */
public record Secret(String value) {
    /** What the secrets of the {@code local} profile begin with, so that they are known anywhere else. */
    public static final String LOCAL_PREFIX = "local-only-";

    private static final int MIN_BYTES = 32;

    public Secret {
        if (value.getBytes(StandardCharsets.UTF_8).length < MIN_BYTES) {
            throw new IllegalArgumentException("a secret needs at least " + MIN_BYTES + " bytes");
        }
    }

    /** For Spring's conversion of configuration values. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    public byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
