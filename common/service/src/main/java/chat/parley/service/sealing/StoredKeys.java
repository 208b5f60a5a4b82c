package chat.parley.service.sealing;

import chat.parley.sealing.KeyId;
import chat.parley.sealing.KeyProof;
import chat.parley.sealing.KeyPurpose;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Answer of message-service's {@code GET /internal/keys}: which keys are needed for what is stored.
 *
 * @param needed of each of these keys a proof; whoever has no keyset with all of them cannot read everything
 * @param opensAll the number of the key which alone opens all messages, once everything has been sealed anew with it;
 *     null while nobody knows that of any key
 * @param unopened how many messages opened with no key when that was done
 */
public record StoredKeys(List<Proof> needed, @Nullable String opensAll, long unopened) {
    /** Where message-service tells it. */
    public static final String PATH = "/internal/keys";

    public StoredKeys {
        needed = List.copyOf(needed);
    }

    /** The proofs of keys for this purpose. */
    public List<KeyProof> needed(KeyPurpose purpose) {
        return needed
            .stream()
            .map(Proof::read)
            .filter(proof -> proof.purpose() == purpose)
            .toList();
    }

    /**
     * A {@link KeyProof} on the wire.
     *
     * @param purpose {@code messages} or {@code search}
     * @param key its number
     * @param proof in Base64
     */
    public record Proof(String purpose, String key, String proof) {
        public static Proof of(KeyProof proof) {
            return new Proof(
                proof.purpose().name().toLowerCase(Locale.ROOT),
                proof.key().toString(),
                Base64.getEncoder().encodeToString(proof.bytes())
            );
        }

        KeyProof read() {
            return KeyProof.of(
                KeyPurpose.valueOf(purpose.toUpperCase(Locale.ROOT)),
                KeyId.of(key),
                Base64.getDecoder().decode(proof)
            );
        }
    }
}
