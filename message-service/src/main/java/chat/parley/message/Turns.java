package chat.parley.message;

import chat.parley.service.LeavesTheChain;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * Gives many parties their turns: each one at a time for itself, a bounded number of them side by side, first come
 * first served.
 */
final class Turns {

    private static final Logger log = LoggerFactory.getLogger(Turns.class);

    // Each party stands here at most once, so that the queue is as long as there are parties.
    private final Sinks.Many<Party> ready = Sinks.many()
        .unicast()
        .onBackpressureBuffer(Queues.<Party>unboundedMultiproducer().get());

    /** Starts giving turns, until it is disposed of. */
    @LeavesTheChain("Who waits for a turn is many requests' business; none of them may end it by going away.")
    Disposable give(int atOnce, Scheduler scheduler) {
        return ready.asFlux().publishOn(scheduler).flatMap(Party::take, atOnce).subscribe();
    }

    /**
     * @param work what the party does with a turn; never run twice at once
     */
    Party party(Supplier<Mono<Void>> work) {
        return new Party(work);
    }

    private void enqueue(Party party) {
        ready.emitNext(party, EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
    }

    /** One who takes turns. */
    final class Party {

        private final AtomicInteger asked = new AtomicInteger();
        private final Supplier<Mono<Void>> work;

        private Party(Supplier<Mono<Void>> work) {
            this.work = work;
        }

        /** A turn begins some time after this, whatever is going on now. */
        void ask() {
            if (asked.getAndIncrement() == 0) {
                enqueue(this);
            }
        }

        private Mono<Void> take() {
            int heard = asked.get();
            return Mono.defer(work).onErrorResume(this::survive).then(Mono.fromRunnable(() -> end(heard)));
        }

        /** Work ends its failures itself; should one get through, it must not end the turns of all others. */
        private Mono<Void> survive(Throwable unforeseen) {
            log.error("a turn failed", unforeseen);
            return Mono.empty();
        }

        private void end(int heard) {
            if (asked.addAndGet(-heard) != 0) {
                enqueue(this);
            }
        }
    }
}
