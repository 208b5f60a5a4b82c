package chat.parley.sealing;

import com.google.crypto.tink.prf.PrfSet;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/**
 * Hashes search terms so that only who has the key can tell which word a hash is of. The same bytes have the same
 * hash for as long as the current key of the keyset stays: another one makes another index. Safe to share.
 */
public final class SearchKey {

    private static final int MOST_BYTES = 32;

    private final Keyring keyring;
    private volatile State state;

    public SearchKey(Keyring keyring) {
        this.keyring = keyring;
        this.state = State.of(keyring.keyset());
    }

    /** The key that hashes now; what it hashed cannot be found by another one. */
    public KeyId current() {
        return state().keyset.current();
    }

    /** Four bytes of {@link #hash(byte[], int)}. */
    public int hash(byte[] term) {
        return ByteBuffer.wrap(hash(term, Integer.BYTES)).getInt();
    }

    /**
     * The first bytes of HMAC-SHA-256 under the current key.
     *
     * @param bytes 1 to 32
     */
    public byte[] hash(byte[] term, int bytes) {
        if (bytes < 1 || bytes > MOST_BYTES) {
            throw new IllegalArgumentException("1 to 32 bytes, not " + bytes);
        }
        try {
            return state().prfs.computePrimary(term, bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC refuses to hash", e);
        }
    }

    private State state() {
        State known = state;
        Keyset now = keyring.keyset();
        if (known.keyset == now) {
            return known;
        }
        State next = State.of(now);
        state = next;
        return next;
    }

    private record State(Keyset keyset, PrfSet prfs) {
        static State of(Keyset keyset) {
            return new State(keyset, keyset.primitive(PrfSet.class));
        }
    }
}
