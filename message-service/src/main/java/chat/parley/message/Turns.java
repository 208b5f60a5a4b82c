package chat.parley.message;

import chat.parley.service.LeavesTheChain;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Gives many parties their turns: each one at a time for itself, a bounded number of them side by side, first come
 * first served. Whoever asks for one never waits, not even for another who asks.
 */
final class Turns {

    private static final Logger log = LoggerFactory.getLogger(Turns.class);

    // Each party stands here at most once, so that the queue is as long as there are parties.
    private final Queue<Party> ready = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Giving giving;

    /** Starts giving turns, until it is disposed of; that ends those that are being taken as well. */
    Disposable give(int atOnce, Scheduler scheduler) {
        Giving started = new Giving(atOnce, scheduler.createWorker());
        giving = started;
        started.look();
        return started.running;
    }

    /**
     * @param work what the party does with a turn; never run twice at once
     */
    Party party(Supplier<Mono<Void>> work) {
        return new Party(work);
    }

    private void enqueue(Party party) {
        ready.add(party);
        Giving now = giving;
        if (now != null) {
            now.look();
        }
    }

    /** Hands out turns on one thread, which looks once for all that has happened since it last did. */
    private final class Giving {

        private final int atOnce;
        private final Scheduler.Worker worker;
        private final Disposable.Composite running;
        private final AtomicInteger underWay = new AtomicInteger();
        private final AtomicInteger news = new AtomicInteger();

        private Giving(int atOnce, Scheduler.Worker worker) {
            this.atOnce = atOnce;
            this.worker = worker;
            this.running = Disposables.composite(worker);
        }

        private void look() {
            if (news.getAndIncrement() == 0) {
                try {
                    worker.schedule(this::give);
                } catch (RejectedExecutionException _) {
                    // No turns are given any more.
                }
            }
        }

        private void give() {
            int heard;
            do {
                heard = news.get();
                giveToThoseReady();
            } while (news.addAndGet(-heard) != 0);
        }

        private void giveToThoseReady() {
            Party next;
            while (underWay.get() < atOnce && (next = ready.poll()) != null) {
                underWay.incrementAndGet();
                give(next);
            }
        }

        @LeavesTheChain(
            "Who waits for a turn is many requests' business; none of them may end it by going away."
        )
        private void give(Party party) {
            Disposable.Swap turn = Disposables.swap();
            running.add(turn);
            turn.update(
                party
                    .take()
                    .doFinally(_ -> end(turn))
                    .subscribe()
            );
        }

        private void end(Disposable turn) {
            running.remove(turn);
            underWay.decrementAndGet();
            if (!ready.isEmpty()) {
                look();
            }
        }
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
