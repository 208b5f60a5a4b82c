package chat.parley.realtime.keys;

import chat.parley.sealing.KeyProof;
import chat.parley.sealing.KeyPurpose;
import chat.parley.sealing.Keyring;
import chat.parley.sealing.Keyset;
import chat.parley.service.sealing.StoredKeys;
import chat.parley.service.security.ServiceTokens;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * A node without the keys of what is stored is not ready. message-service knows which these are; while it does not
 * answer, nobody knows, and the node goes on: its sockets have more to tell than messages. Asked until the keyset has
 * passed, and again when there is another one.
 */
@Component("keys")
class KeysHealth implements ReactiveHealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(KeysHealth.class);

    private final Keyring keyring;
    private final WebClient messages;
    private final MessagesProperties properties;
    private final ServiceTokens tokens;
    private volatile @Nullable Keyset passed;

    KeysHealth(
        Keyring messageKeys,
        WebClient.Builder http,
        MessagesProperties properties,
        ServiceTokens tokens
    ) {
        this.keyring = messageKeys;
        this.messages = http.baseUrl(properties.url().toString()).build();
        this.properties = properties;
        this.tokens = tokens;
    }

    @Override
    public Mono<Health> health() {
        Keyset now = keyring.keyset();
        return now == passed ? Mono.just(Health.up().build()) : ask(now);
    }

    private Mono<Health> ask(Keyset now) {
        return messages
            .get()
            .uri(StoredKeys.PATH)
            .headers(headers -> headers.setBearerAuth(tokens.current()))
            .retrieve()
            .bodyToMono(StoredKeys.class)
            .timeout(properties.timeout())
            .map(stored -> compare(now, stored.needed(KeyPurpose.MESSAGES)))
            .onErrorResume(failure -> {
                log.debug("message-service does not say which keys are needed: {}", failure.toString());
                return Mono.just(Health.unknown().build());
            });
    }

    private Health compare(Keyset now, List<KeyProof> needed) {
        List<KeyProof> missing = needed
            .stream()
            .filter(proof -> !proof.isBy(now))
            .toList();
        if (missing.isEmpty()) {
            passed = now;
            return Health.up().build();
        }
        log.error(
            "this node is not ready: messages need the keys {}, and {} has only {}",
            missing.stream().map(KeyProof::key).toList(),
            keyring,
            now.keys()
        );
        return Health.outOfService().build();
    }
}
