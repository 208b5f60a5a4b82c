package chat.parley.service.sealing;

import chat.parley.sealing.Keyring;
import chat.parley.sealing.KeysetUnusable;
import chat.parley.service.LeavesTheChain;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Reads this service's keysets again while it runs: at intervals, and when somebody misses a key. */
public final class Keyrings implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Keyrings.class);

    private final List<Keyring> keyrings;
    private final Duration every;
    private final Mono<Void> reading;
    private final Counter failures;
    private volatile Disposable watching = Disposables.disposed();

    public Keyrings(List<Keyring> keyrings, SealingProperties properties, MeterRegistry meters) {
        this.keyrings = List.copyOf(keyrings);
        this.every = properties.rereadEvery();
        this.failures = Counter.builder("parley.sealing.rereads.failed")
            .description("Keysets that could not be read again; the last ones go on working")
            .register(meters);
        // One reading serves all who ask meanwhile, and for a moment after it: a thousand messages without a key
        // are no thousand readings.
        this.reading = Mono.fromRunnable(this::readAll)
            .subscribeOn(Schedulers.boundedElastic())
            .cache(properties.rereadPause())
            .then();
    }

    /** Completes when the keysets are as their files have them, or as they were if these cannot be read. */
    public Mono<Void> reread() {
        return reading;
    }

    private void readAll() {
        keyrings.forEach(this::read);
    }

    private void read(Keyring keyring) {
        try {
            if (keyring.reread()) {
                log.info(
                    "{}: keys {}, {} seals",
                    keyring,
                    keyring.keyset().keys(),
                    keyring.keyset().current()
                );
            }
        } catch (KeysetUnusable unusable) {
            failures.increment();
            log.error("keysets stay as they are: {}", unusable.getMessage());
        }
    }

    @Override
    @LeavesTheChain("Runs as long as the service does.")
    public void start() {
        watching = Flux.interval(every)
            .onBackpressureDrop()
            .concatMap(_ -> reread(), 1)
            .subscribe();
    }

    @Override
    public void stop() {
        watching.dispose();
    }

    @Override
    public boolean isRunning() {
        return !watching.isDisposed();
    }

    /** Longer than whatever opens or seals. */
    @Override
    public int getPhase() {
        return -2;
    }
}
