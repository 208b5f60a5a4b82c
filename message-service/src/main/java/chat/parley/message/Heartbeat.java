package chat.parley.message;

import chat.parley.service.LeavesTheChain;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps the {@link Lease} while the service runs. */
@Component
final class Heartbeat implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final Lease lease;
    private final LeaseProperties properties;
    private volatile Disposable beating = Disposables.disposed();

    Heartbeat(Lease lease, LeaseProperties properties) {
        this.lease = lease;
        this.properties = properties;
    }

    @Override
    @LeavesTheChain("Runs as long as the service does.")
    public void start() {
        beating = Flux.interval(Duration.ZERO, properties.beat())
            .onBackpressureDrop()
            .concatMap(_ -> beat(), 1)
            .subscribe();
    }

    private Mono<Void> beat() {
        return lease
            .beat()
            .onErrorResume(failure -> {
                log.warn("no sign of life could be given: {}", failure.toString());
                return Mono.empty();
            });
    }

    @Override
    @LeavesTheChain("The lifecycle waits for the callback.")
    public void stop(Runnable callback) {
        beating.dispose();
        lease
            .release()
            .timeout(FAREWELL)
            .onErrorComplete()
            .doFinally(_ -> callback.run())
            .subscribe();
    }

    @Override
    public void stop() {
        beating.dispose();
    }

    @Override
    public boolean isRunning() {
        return !beating.isDisposed();
    }

    /** Longer than the lanes, which need it to their last write. */
    @Override
    public int getPhase() {
        return -1;
    }
}
