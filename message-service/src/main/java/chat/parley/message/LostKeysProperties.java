package chat.parley.message;

import chat.parley.sealing.KeyId;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What nobody can help any more.
 *
 * @param lost numbers of keys that are gone for good: what they have sealed is unreadable, and nobody waits for them
 */
@ConfigurationProperties("parley.keys")
record LostKeysProperties(@DefaultValue Set<String> lost) {
    LostKeysProperties {
        lost = Set.copyOf(lost);
        lost.forEach(KeyId::of);
    }
}
