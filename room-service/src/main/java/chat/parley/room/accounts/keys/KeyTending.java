package chat.parley.room.accounts.keys;

import chat.parley.service.LeavesTheChain;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks after the signing keys for as long as the service runs: at once, and then often enough to know them all. */
@Component
class KeyTending implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(KeyTending.class);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(20);

    private final SigningKeys keys;
    private final Duration interval;
    private volatile @Nullable Disposable running;

    KeyTending(SigningKeys keys, KeysProperties properties) {
        this.keys = keys;
        this.interval = properties.keysMaxAge().dividedBy(2);
    }

    @Override
    @LeavesTheChain("a loop of the service's own, as long as it runs; every round reports its own errors")
    public synchronized void start() {
        running = Flux.interval(Duration.ZERO, interval)
            .onBackpressureDrop()
            .concatMap(_ -> round(), 0)
            .subscribe();
    }

    private Mono<Void> round() {
        return keys
            .tend()
            .timeout(LONGEST_ROUND)
            .onErrorResume(error -> {
                log.warn("signing keys cannot be looked after: {}", error.toString());
                return Mono.empty();
            });
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.dispose();
        }
        running = null;
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
