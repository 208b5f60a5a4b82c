package chat.parley.local.transfer;

import chat.parley.sealing.KeyId;
import chat.parley.sealing.KeyPurpose;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What message-service says of the keys of what is stored. */
public final class StoredKeys {

    private final Map<KeyPurpose, Set<KeyId>> needed = new EnumMap<>(KeyPurpose.class);
    private final Optional<KeyId> opensAll;

    private StoredKeys(JsonNode answer) {
        for (KeyPurpose purpose : KeyPurpose.values()) {
            needed.put(purpose, needed(answer, purpose.name().toLowerCase(Locale.ROOT)));
        }
        opensAll = answer.path("opens_all").stringValueOpt().map(KeyId::of);
    }

    private static Set<KeyId> needed(JsonNode answer, String purpose) {
        Set<KeyId> keys = new HashSet<>();
        for (JsonNode proof : answer.path("needed")) {
            if (proof.path("purpose").asString().equals(purpose)) {
                keys.add(KeyId.of(proof.path("key").asString()));
            }
        }
        return keys;
    }

    /** @throws IOException if message-service does not say */
    public static StoredKeys of(Services services) throws IOException {
        return new StoredKeys(services.askMessages("/internal/keys"));
    }

    /**
     * Whether nothing is lost if this key goes.
     *
     * @param current the key of its keyset that seals
     */
    public boolean canDoWithout(KeyPurpose purpose, KeyId key, KeyId current) {
        boolean done = switch (purpose) {
            // Everything has been gone through since that one seals: nothing can be under another one, noted or not.
            case MESSAGES -> opensAll.filter(current::equals).isPresent();
            case SEARCH -> needed.getOrDefault(purpose, Set.of()).contains(current);
        };
        return done && !key.equals(current) && !needed.getOrDefault(purpose, Set.of()).contains(key);
    }
}
