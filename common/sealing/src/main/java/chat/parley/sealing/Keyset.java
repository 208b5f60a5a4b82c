package chat.parley.sealing;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The keys of one purpose: new things are sealed with the current one, older things still open with theirs. In
 * Tink's JSON, so that Tinkey reads and writes it as well. Immutable.
 */
public final class Keyset {

    private final KeysetHandle handle;

    private Keyset(KeysetHandle handle) {
        this.handle = handle;
    }

    /** A keyset with one new random key. */
    public static Keyset fresh(KeyPurpose purpose) {
        return of(() ->
            KeysetHandle.newBuilder()
                .addEntry(
                    KeysetHandle.generateEntryFromParameters(purpose.parameters())
                        .withRandomId()
                        .makePrimary()
                )
                .build()
        );
    }

    /** A keyset that everybody can make who knows the seed: for tests and a developer's machine. */
    static Keyset fromSeed(KeyPurpose purpose, String seed) {
        return of(() -> {
            Key key = purpose.keyFrom(seed);
            Integer wanted = key.getIdRequirementOrNull();
            KeysetHandle.Builder.Entry entry = KeysetHandle.importKey(key).makePrimary();
            return KeysetHandle.newBuilder().addEntry(entry.withFixedId(wanted == null ? 1 : wanted)).build();
        });
    }

    /**
     * @throws KeysetUnusable if the text is no keyset
     */
    static Keyset parse(String json) {
        return of(() -> TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get()));
    }

    /**
     * @param wrapping what opens the keys
     * @throws KeysetUnusable if the text is no keyset, or another key wraps it
     */
    static Keyset parse(String json, Aead wrapping) {
        return of(() -> TinkJsonProtoKeysetFormat.parseEncryptedKeyset(json, wrapping, new byte[0]));
    }

    private static Keyset of(Making making) {
        KeyPurpose.register();
        try {
            return new Keyset(making.make());
        } catch (GeneralSecurityException e) {
            // The cause stays out: what Tink says of a key that it cannot read is not for logs.
            throw new KeysetUnusable("it is no keyset, or another key wraps it");
        }
    }

    /** The keys themselves, readable. */
    String json() {
        return serialized(() ->
            TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get())
        );
    }

    /** The keys, which only {@code wrapping} opens. */
    String json(Aead wrapping) {
        return serialized(() ->
            TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(handle, wrapping, new byte[0])
        );
    }

    private static String serialized(Serializing serializing) {
        try {
            return serializing.serialize();
        } catch (GeneralSecurityException e) {
            throw new KeysetUnusable("the keys cannot be wrapped: " + e.getMessage(), e);
        }
    }

    /** The keys in the order in which they were added. */
    public List<KeyId> keys() {
        return IntStream.range(0, handle.size())
            .mapToObj(i -> new KeyId(handle.getAt(i).getId()))
            .toList();
    }

    /** The key that seals. */
    public KeyId current() {
        return new KeyId(handle.getPrimary().getId());
    }

    /** One key more, which opens and does not seal yet. */
    public Keyset withNewKey(KeyPurpose purpose) {
        return of(() -> {
            KeysetHandle.Builder more = KeysetHandle.newBuilder(handle);
            Parameters parameters = purpose.parameters();
            more.addEntry(KeysetHandle.generateEntryFromParameters(parameters).withRandomId());
            return more.build();
        });
    }

    /**
     * The same keys, of which this one seals from now on.
     *
     * @throws KeysetUnusable if it has no such key
     */
    public Keyset withCurrent(KeyId key) {
        int position = position(key);
        return of(() -> {
            KeysetHandle.Builder changed = KeysetHandle.newBuilder(handle);
            changed.getAt(position).makePrimary();
            return changed.build();
        });
    }

    /**
     * One key less: what it sealed is lost.
     *
     * @throws KeysetUnusable if it has no such key, or this is the current one
     */
    public Keyset without(KeyId key) {
        int position = position(key);
        if (key.equals(current())) {
            throw new KeysetUnusable("key " + key + " is the one that seals");
        }
        return of(() -> KeysetHandle.newBuilder(handle).deleteAt(position).build());
    }

    private int position(KeyId key) {
        int position = keys().indexOf(key);
        if (position < 0) {
            throw new KeysetUnusable("there is no key " + key);
        }
        return position;
    }

    /**
     * @throws KeysetUnusable if the keys are for something else
     */
    <P> P primitive(Class<P> type) {
        try {
            return handle.getPrimitive(RegistryConfiguration.get(), type);
        } catch (GeneralSecurityException e) {
            throw new KeysetUnusable("its keys are for something else than " + type.getSimpleName());
        }
    }

    /** Whether they are the same keys, of which the same one seals. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Keyset keyset && handle.equalsKeyset(keyset.handle);
    }

    @Override
    public int hashCode() {
        return keys().hashCode();
    }

    @Override
    public String toString() {
        return "Keyset" + keys();
    }

    private interface Making {
        KeysetHandle make() throws GeneralSecurityException;
    }

    private interface Serializing {
        String serialize() throws GeneralSecurityException;
    }
}
