package chat.parley.room.accounts;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * An Argon2id hash as all implementations write it: {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}, salt and hash in
 * Base64 without padding.
 */
@SuppressWarnings("ArrayRecordComponent") // Compared in constant time, by PasswordHashing alone.
record Argon2Hash(int memoryKib, int iterations, int lanes, byte[] salt, byte[] hash) {
    private static final Pattern FORM = Pattern.compile(
        "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,6}),t=([1-9]\\d{0,3}),p=([1-9]\\d{0,2})\\$([A-Za-z0-9+/]{2,128})\\$([A-Za-z0-9+/]{6,128})"
    );
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    /** Null if the text is of another form. */
    static @Nullable Argon2Hash parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        try {
            return new Argon2Hash(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                Base64.getDecoder().decode(parts.group(4)),
                Base64.getDecoder().decode(parts.group(5))
            );
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    Argon2Parameters.Builder parameters() {
        return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(iterations)
            .withParallelism(lanes)
            .withSalt(salt);
    }

    boolean isWeakerThan(int otherMemoryKib, int otherIterations) {
        return memoryKib < otherMemoryKib || iterations < otherIterations;
    }

    /** The form in which it is stored. */
    String encoded() {
        return (
            "$argon2id$v=19$m=" +
            memoryKib +
            ",t=" +
            iterations +
            ",p=" +
            lanes +
            '$' +
            ENCODER.encodeToString(salt) +
            '$' +
            ENCODER.encodeToString(hash)
        );
    }

    @Override
    public String toString() {
        return "Argon2Hash[m=" + memoryKib + ", t=" + iterations + ", p=" + lanes + "]";
    }
}
