package chat.parley.message.keys;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** An instance without the keys of what is stored is not ready. */
@Component("keys")
class KeysHealth implements ReactiveHealthIndicator {

    private final KeyCheck check;

    KeysHealth(KeyCheck check) {
        this.check = check;
    }

    @Override
    public Mono<Health> health() {
        return check
            .require()
            .thenReturn(Health.up().build())
            .onErrorResume(failure -> Mono.just(Health.outOfService().withException(failure).build()));
    }
}
