package chat.parley.room.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.jspecify.annotations.Nullable;

/** Argon2id. Each thread that hashes has memory of its own for it, and lets go of it with its end. */
final class PasswordHashing {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;

    private final int memoryKib;
    private final int iterations;
    private final ThreadLocal<HashMemory> memory;
    private final SecureRandom random = new SecureRandom();

    PasswordHashing(AuthProperties.Hashing properties) {
        this.memoryKib = properties.memoryKib();
        this.iterations = properties.iterations();
        this.memory = ThreadLocal.withInitial(() -> new HashMemory(properties.memoryKib()));
    }

    String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Argon2Hash wanted = new Argon2Hash(memoryKib, iterations, LANES, salt, new byte[HASH_BYTES]);
        compute(wanted, password, wanted.hash());
        return wanted.encoded();
    }

    /** @param encoded null, or what is no such hash, is nobody's password's */
    boolean matches(String password, @Nullable String encoded) {
        Argon2Hash stored = encoded == null ? null : Argon2Hash.parse(encoded);
        if (stored == null) {
            return false;
        }
        byte[] given = new byte[stored.hash().length];
        compute(stored, password, given);
        return MessageDigest.isEqual(given, stored.hash());
    }

    /** Whether we make better hashes by now. */
    boolean isOutdated(String encoded) {
        Argon2Hash stored = Argon2Hash.parse(encoded);
        return stored == null || stored.isWeakerThan(memoryKib, iterations);
    }

    private void compute(Argon2Hash like, String password, byte[] hash) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(like.parameters().withBlockPool(memory.get()).build());
        argon2.generateBytes(bytes, hash);
        Arrays.fill(bytes, (byte) 0);
    }
}
