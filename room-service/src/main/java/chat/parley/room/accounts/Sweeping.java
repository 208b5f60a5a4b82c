package chat.parley.room.accounts;

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

/** Takes away what has run out, now and then, for as long as the service runs. */
@Component
class Sweeping implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Sweeping.class);
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(5);

    private final ExpiredRows expired;
    private final Duration interval;
    private volatile @Nullable Disposable running;

    Sweeping(ExpiredRows expired, AuthProperties properties) {
        this.expired = expired;
        this.interval = properties.sweeping().interval();
    }

    @Override
    @LeavesTheChain("a loop of the service's own, as long as it runs; every round reports its own errors")
    public synchronized void start() {
        running = Flux.interval(interval)
            .onBackpressureDrop()
            .concatMap(_ -> round(), 0)
            .subscribe();
    }

    private Mono<Void> round() {
        return expired
            .sweep()
            .timeout(LONGEST_ROUND)
            .doOnNext(rows -> log.debug("{} rows had run out", rows))
            .then()
            .onErrorResume(error -> {
                log.warn("what has run out stays for now: {}", error.toString());
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
