package chat.parley.sealing;

import com.google.crypto.tink.Aead;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Set;

/**
 * Seals and opens bytes with AES-256-GCM. What is sealed consists of
 *
 * <pre>
 * 1  {@link #FORMAT}
 * 1  Tink's own prefix, 1
 * 4  the number of the key
 * 12 the nonce, random
 * n  the encrypted bytes
 * 16 the tag over them and the {@link Binding}
 * </pre>
 *
 * <p>Safe to share. It follows its keyring: a keyset that was read again is used from the next call on.
 */
public final class Sealer {

    static final byte FORMAT = 1;

    private static final int TINK_PREFIX = 1;
    private static final int KEY_AT = 2;
    private static final int LEAST = KEY_AT + 4 + 12 + 16;

    private final Keyring keyring;
    private volatile State state;

    public Sealer(Keyring keyring) {
        this.keyring = keyring;
        this.state = State.of(keyring.keyset());
    }

    /** The bytes, which open with the current key and later ones of the keyset, and only as this. */
    public byte[] seal(byte[] plain, Binding binding) {
        try {
            byte[] encrypted = state().aead.encrypt(plain, binding.bytes());
            byte[] sealed = new byte[encrypted.length + 1];
            sealed[0] = FORMAT;
            System.arraycopy(encrypted, 0, sealed, 1, encrypted.length);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses to encrypt", e);
        }
    }

    /**
     * @throws CannotOpen if it was sealed as something else, was changed since, or its key is unknown
     */
    public byte[] open(byte[] sealed, Binding binding) {
        State now = state();
        KeyId key = keyOf(sealed);
        if (!now.keys.contains(key)) {
            throw new CannotOpen(CannotOpen.Reason.UNKNOWN_KEY, "key " + key + " is not in the keyset");
        }
        try {
            return now.aead.decrypt(Arrays.copyOfRange(sealed, 1, sealed.length), binding.bytes());
        } catch (GeneralSecurityException e) {
            throw new CannotOpen(CannotOpen.Reason.BROKEN, "it was changed, or sealed as something else");
        }
    }

    /**
     * The key that this was sealed with.
     *
     * @throws CannotOpen if these are no sealed bytes
     */
    public static KeyId keyOf(byte[] sealed) {
        if (sealed.length < LEAST || sealed[0] != FORMAT || sealed[1] != TINK_PREFIX) {
            throw new CannotOpen(CannotOpen.Reason.BROKEN, "these are no sealed bytes");
        }
        return new KeyId(ByteBuffer.wrap(sealed).getInt(KEY_AT));
    }

    /** The key that seals now. */
    public KeyId current() {
        return state().keyset.current();
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

    private record State(Keyset keyset, Set<KeyId> keys, Aead aead) {
        static State of(Keyset keyset) {
            return new State(keyset, Set.copyOf(keyset.keys()), keyset.primitive(Aead.class));
        }
    }
}
