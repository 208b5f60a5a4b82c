package chat.parley.sealing;

import com.google.crypto.tink.prf.Prf;
import com.google.crypto.tink.prf.PrfSet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * Something that only one key can have made: it shows later whether a keyset still has that key, where the key's number
 * alone would not do, since another keyset can have the same. It tells nothing of the key and may lie beside what the
 * key has sealed.
 */
public final class KeyProof {

    private static final byte[] WORDS = "parley key proof".getBytes(StandardCharsets.UTF_8);
    private static final int HASH_BYTES = 32;

    private final KeyPurpose purpose;
    private final KeyId key;
    private final byte[] bytes;

    private KeyProof(KeyPurpose purpose, KeyId key, byte[] bytes) {
        this.purpose = purpose;
        this.key = key;
        this.bytes = bytes;
    }

    /**
     * A proof of the keyset's current key.
     *
     * @throws KeysetUnusable if its keys are for something else
     */
    public static KeyProof of(KeyPurpose purpose, Keyset keyset) {
        KeyId key = keyset.current();
        return new KeyProof(
            purpose,
            key,
            switch (purpose) {
                case MESSAGES -> sealer(keyset).seal(WORDS, Binding.proof(key));
                case SEARCH -> hash(keyset, key);
            }
        );
    }

    /** One that was made before. */
    public static KeyProof of(KeyPurpose purpose, KeyId key, byte[] bytes) {
        return new KeyProof(purpose, key, bytes.clone());
    }

    public KeyPurpose purpose() {
        return purpose;
    }

    public KeyId key() {
        return key;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether both are of a key of this number, for this purpose. */
    public boolean isOfTheSameKey(KeyProof other) {
        return purpose == other.purpose && key.equals(other.key);
    }

    /** Whether the keyset has the key that has made this. */
    public boolean isBy(Keyset keyset) {
        return (
            keyset.keys().contains(key) &&
            switch (purpose) {
                case MESSAGES -> opens(keyset);
                case SEARCH -> MessageDigest.isEqual(bytes, hash(keyset, key));
            }
        );
    }

    private boolean opens(Keyset keyset) {
        try {
            return MessageDigest.isEqual(WORDS, sealer(keyset).open(bytes, Binding.proof(key)));
        } catch (CannotOpen _) {
            return false;
        }
    }

    private static Sealer sealer(Keyset keyset) {
        return new Sealer(new Keyring(() -> keyset));
    }

    private static byte[] hash(Keyset keyset, KeyId key) {
        PrfSet keys = keyset.primitive(PrfSet.class);
        try {
            Prf prf = keys.getPrfs().get(key.value());
            if (prf == null) {
                throw new IllegalStateException("Tink has no key " + key + " of " + keyset);
            }
            return prf.compute(WORDS, HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC refuses to hash", e);
        }
    }
}
