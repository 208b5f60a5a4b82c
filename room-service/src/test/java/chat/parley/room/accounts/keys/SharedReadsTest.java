package chat.parley.room.accounts.keys;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class SharedReadsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void readsAtMostOnceInAnIntervalHoweverManyAsk() {
        StepVerifier.withVirtualTime(() -> {
            SharedReads<Integer> shared = shared(Mono.fromSupplier(reads::incrementAndGet));
            return Flux.interval(Duration.ofMillis(10))
                .take(1_000)
                .flatMap(_ -> shared.next(), 1_000)
                .distinct()
                .count();
        })
            .thenAwait(Duration.ofSeconds(20))
            .expectNext(11L)
            .expectComplete()
            .verify(PATIENCE);
    }

    @Test
    void givesNobodyWhatWasReadBeforeTheyAsked() {
        StepVerifier.withVirtualTime(() -> {
            SharedReads<Integer> shared = shared(
                Mono.delay(Duration.ofMillis(300)).map(_ -> reads.incrementAndGet())
            );
            Mono<Integer> duringTheFirst = Mono.delay(Duration.ofMillis(100)).then(shared.next());
            return Mono.zip(shared.next(), duringTheFirst);
        })
            .thenAwait(Duration.ofSeconds(5))
            .expectNextMatches(both -> both.getT1() == 1 && both.getT2() == 2)
            .expectComplete()
            .verify(PATIENCE);
    }

    @Test
    void triesAgainAfterAFailure() {
        StepVerifier.withVirtualTime(() -> {
            SharedReads<Integer> shared = shared(
                Mono.defer(() ->
                    reads.incrementAndGet() == 1 ? Mono.error(new IllegalStateException()) : Mono.just(2)
                )
            );
            return shared.next().onErrorReturn(1).concatWith(shared.next());
        })
            .thenAwait(Duration.ofSeconds(5))
            .expectNext(1, 2)
            .expectComplete()
            .verify(PATIENCE);
    }

    private static SharedReads<Integer> shared(Mono<Integer> read) {
        return new SharedReads<>(read, INTERVAL);
    }
}
