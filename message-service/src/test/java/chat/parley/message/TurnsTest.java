package chat.parley.message;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class TurnsTest {

    private final Turns turns = new Turns();
    private final Scheduler threads = Schedulers.newParallel("turns", 2);

    @AfterEach
    void stop() {
        threads.dispose();
    }

    @Test
    void givesNobodyATurnBeforeTheOneBeforeHasEnded() throws Exception {
        Sinks.Empty<Void> first = Sinks.empty();
        Queue<String> taken = new ConcurrentLinkedQueue<>();
        CountDownLatch both = new CountDownLatch(2);
        Turns.Party slow = turns.party(() -> took("slow", taken, both).then(first.asMono()));
        Turns.Party quick = turns.party(() -> took("quick", taken, both));
        Disposable giving = turns.give(1, Schedulers.immediate());

        slow.ask();
        quick.ask();
        assertThat(taken).containsExactly("slow");
        first.tryEmitEmpty();

        assertThat(both.await(10, SECONDS)).isTrue();
        assertThat(taken).containsExactly("slow", "quick");
        giving.dispose();
    }

    private static Mono<Void> took(String who, Queue<String> taken, CountDownLatch all) {
        return Mono.fromRunnable(() -> {
            taken.add(who);
            all.countDown();
        });
    }

    @Test
    void keepsThoseWhoAskedBeforeAnyTurnIsGiven() {
        AtomicInteger taken = new AtomicInteger();
        turns.party(() -> Mono.fromRunnable(taken::incrementAndGet)).ask();

        turns.give(1, Schedulers.immediate());

        assertThat(taken).hasValue(1);
    }

    @Test
    void goesOnAfterATurnThatFailed() {
        AtomicInteger taken = new AtomicInteger();
        turns.give(1, Schedulers.immediate());

        turns.party(() -> Mono.error(new IllegalStateException("unforeseen"))).ask();
        turns.party(() -> Mono.fromRunnable(taken::incrementAndGet)).ask();

        assertThat(taken).hasValue(1);
    }

    @Test
    void endsTheTurnsThatAreTakenWhenItEnds() {
        AtomicBoolean ended = new AtomicBoolean();
        Disposable giving = turns.give(1, Schedulers.immediate());
        turns.party(() -> Mono.<Void>never().doOnCancel(() -> ended.set(true))).ask();

        giving.dispose();

        assertThat(ended).isTrue();
    }

    @Test
    void givesEverybodyAsManyTurnsAsItTakesFromManyThreadsNeverTwoAtOnce() throws Exception {
        int parties = 20;
        int asks = 2_000;
        AtomicInteger clashes = new AtomicInteger();
        AtomicInteger underWay = new AtomicInteger();
        List<AtomicInteger> waiting = IntStream.range(0, parties)
            .mapToObj(_ -> new AtomicInteger())
            .toList();
        CountDownLatch served = new CountDownLatch(parties * asks);
        List<Turns.Party> all = new ArrayList<>();
        for (AtomicInteger queue : waiting) {
            AtomicBoolean busy = new AtomicBoolean();
            all.add(
                turns.party(() ->
                    Mono.fromRunnable(() -> {
                        boolean isAlone = busy.compareAndSet(false, true) && underWay.incrementAndGet() <= 3;
                        clashes.addAndGet(isAlone ? 0 : 1);
                    })
                        .then(Mono.defer(() -> Mono.just(queue.getAndSet(0))).subscribeOn(threads))
                        .doOnNext(_ -> {
                            underWay.decrementAndGet();
                            busy.set(false);
                        })
                        .doOnNext(number -> IntStream.range(0, number).forEach(_ -> served.countDown()))
                        .then()
                )
            );
        }
        Disposable giving = turns.give(3, threads);

        List<Thread> askers = IntStream.range(0, 4)
            .mapToObj(asker ->
                Thread.ofVirtual().start(() -> {
                    for (int i = asker; i < parties * asks; i += 4) {
                        waiting.get(i % parties).incrementAndGet();
                        all.get(i % parties).ask();
                    }
                })
            )
            .toList();

        for (Thread asker : askers) {
            asker.join();
        }
        assertThat(served.await(20, SECONDS)).isTrue();
        assertThat(clashes).hasValue(0);
        giving.dispose();
    }
}
