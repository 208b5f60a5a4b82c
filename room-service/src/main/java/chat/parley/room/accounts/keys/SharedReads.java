package chat.parley.room.accounts.keys;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Reads that are shared by all who ask before one begins, so that each of them sees what was there when they asked.
 * Two begin at least an interval apart: whoever asks in between waits, for no longer than that.
 */
final class SharedReads<T> {

    private final Mono<T> read;
    private final Duration interval;
    private @Nullable Mono<T> next;
    private @Nullable Long begunMillis;

    SharedReads(Mono<T> read, Duration interval) {
        this.read = read;
        this.interval = interval;
    }

    /** What the next read that begins will find. */
    Mono<T> next() {
        return Mono.defer(this::join);
    }

    private synchronized Mono<T> join() {
        Mono<T> shared = next;
        if (shared == null) {
            // Of nobody's request and nobody's transaction: it is read for all of them.
            shared = whenItsTimeHasCome()
                .contextWrite(_ -> Context.empty())
                .cache();
            next = shared;
        }
        return shared;
    }

    private Mono<T> whenItsTimeHasCome() {
        long wait = begunMillis == null ? 0 : begunMillis + interval.toMillis() - millis();
        Mono<T> begun = Mono.defer(this::begin);
        return wait <= 0 ? begun : Mono.delay(Duration.ofMillis(wait)).then(begun);
    }

    private synchronized Mono<T> begin() {
        next = null;
        begunMillis = millis();
        return read;
    }

    private static long millis() {
        return Schedulers.parallel().now(TimeUnit.MILLISECONDS);
    }
}
