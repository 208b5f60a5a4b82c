package chat.parley.room.accounts.keys;

import com.nimbusds.jose.jwk.ECKey;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys whose seals this instance has opened. Each is opened once, so that an instance goes on with what it holds
 * while others make the seals anew with a secret that it does not have yet.
 */
final class KeyRing {

    private static final Logger log = LoggerFactory.getLogger(KeyRing.class);

    private final Seal seal;
    private final @Nullable Seal previous;
    private final Map<String, SigningKey> held = new HashMap<>();
    private final Map<String, SigningKey> oldSeals = new HashMap<>();

    KeyRing(KeysProperties properties) {
        this.seal = new Seal(properties.sealKey());
        this.previous = properties.sealKeyPrevious() == null ? null : new Seal(properties.sealKeyPrevious());
    }

    byte[] sealed(ECKey key) {
        return seal.seal(key.getKeyID(), key.toJSONString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Those that can be opened, in the order given; all others are let go of.
     *
     * @throws SealBroken if it is none
     */
    synchronized List<SigningKey> hold(List<StoredKey> rows) {
        List<SigningKey> keys = rows.stream().map(this::heldOrOpened).filter(Objects::nonNull).toList();
        if (keys.isEmpty()) {
            throw new SealBroken(rows.getFirst().kid(), null);
        }
        held.clear();
        keys.forEach(key -> held.put(key.kid(), key));
        oldSeals.keySet().retainAll(held.keySet());
        return keys;
    }

    private @Nullable SigningKey heldOrOpened(StoredKey row) {
        SigningKey before = held.get(row.kid());
        try {
            return before == null ? opened(row) : before.stored(row);
        } catch (SealBroken e) {
            log.error("goes without a key: {}", e.getMessage());
            return null;
        }
    }

    private SigningKey opened(StoredKey row) {
        try {
            return parsed(row, seal);
        } catch (SealBroken e) {
            if (previous == null) {
                throw e;
            }
            SigningKey key = parsed(row, previous);
            oldSeals.put(row.kid(), key);
            return key;
        }
    }

    private static SigningKey parsed(StoredKey row, Seal seal) {
        byte[] plain = seal.open(row.kid(), row.sealed());
        try {
            return SigningKey.of(row, ECKey.parse(new String(plain, StandardCharsets.UTF_8)));
        } catch (ParseException e) {
            throw new SealBroken(row.kid(), e);
        }
    }

    /** Those that lie in the database under the previous secret's seal. */
    synchronized List<SigningKey> underOldSeals() {
        return List.copyOf(oldSeals.values());
    }

    synchronized void mended(SigningKey key) {
        log.info("has sealed the key {} with the new secret", key.kid());
        oldSeals.remove(key.kid());
    }
}
