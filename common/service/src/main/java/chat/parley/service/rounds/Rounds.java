package chat.parley.service.rounds;

import chat.parley.service.LeavesTheChain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Something that is done in rounds from the service's start to its end: one at a time, and whatever becomes of one,
 * the next one comes. A beginning that falls into a round is left out, not made up for.
 */
public abstract class Rounds implements SmartLifecycle {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Pace pace;
    private volatile Disposable running = Disposables.disposed();

    protected Rounds(Pace pace) {
        this.pace = pace;
    }

    /** One round. Its error is logged, and the next round takes place nevertheless. */
    protected abstract Mono<Void> round();

    @Override
    @LeavesTheChain("Runs as long as the service does.")
    public synchronized void start() {
        running.dispose();
        running = Flux.interval(pace.first(), pace.every())
            .onBackpressureDrop()
            .concatMap(_ -> endured(), 0)
            .subscribe();
    }

    private Mono<Void> endured() {
        return Mono.defer(this::round)
            .timeout(pace.longest())
            .onErrorResume(failure -> {
                log.warn("This round failed, the next one is to come: {}", failure.toString());
                return Mono.empty();
            });
    }

    @Override
    public synchronized void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
