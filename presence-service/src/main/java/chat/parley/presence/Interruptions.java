package chat.parley.presence;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Keeps a step going that is taken again and again: a failure is left to the next time, and only the first of a
 * row of failures is logged, for the step is taken several times a second.
 */
public final class Interruptions {

    private static final Logger log = LoggerFactory.getLogger(Interruptions.class);

    private final String step;
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * @param step what is being done, as the log is to name it
     */
    public Interruptions(String step) {
        this.step = step;
    }

    public Mono<Void> survive(Mono<Void> attempt) {
        return attempt.doOnSuccess(_ -> succeeded()).onErrorResume(this::failed);
    }

    private void succeeded() {
        if (failing.compareAndSet(true, false)) {
            log.info("{} works again", step);
        }
    }

    private Mono<Void> failed(Throwable cause) {
        if (failing.compareAndSet(false, true)) {
            log.warn("{} fails for now", step, cause);
        }
        return Mono.empty();
    }
}
