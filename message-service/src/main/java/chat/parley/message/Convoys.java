package chat.parley.message;

import chat.parley.service.LeavesTheChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Many calls in one: who comes while as many calls as may be are under way waits, and the next one takes all who wait.
 * Nobody waits for company. There are never more waiting than callers who do.
 *
 * @param <T> what one caller has
 * @param <R> what becomes of it
 */
final class Convoys<T, R> {

    private final int atOnce;
    private final int size;
    private final Function<List<T>, Mono<List<R>>> call;
    private final Queue<Traveller<T, R>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * @param atOnce how many calls may be under way
     * @param size how many a call takes at most
     * @param call says, in the same order, what has become of each; it ends by itself in any case
     */
    Convoys(int atOnce, int size, Function<List<T>, Mono<List<R>>> call) {
        this.atOnce = atOnce;
        this.size = size;
        this.call = call;
    }

    /** What the call said of this one; or how the whole call failed. */
    Mono<R> join(T one) {
        return Mono.defer(() -> {
            Traveller<T, R> traveller = new Traveller<>(one, Sinks.one());
            waiting.add(traveller);
            leave();
            return traveller.arrival.asMono();
        });
    }

    private void leave() {
        while (!waiting.isEmpty() && mayLeave()) {
            List<Traveller<T, R>> convoy = next();
            if (convoy.isEmpty()) {
                underWay.decrementAndGet();
            } else {
                travel(convoy);
            }
        }
    }

    private boolean mayLeave() {
        int now = underWay.get();
        while (now < atOnce) {
            if (underWay.compareAndSet(now, now + 1)) {
                return true;
            }
            now = underWay.get();
        }
        return false;
    }

    private List<Traveller<T, R>> next() {
        List<Traveller<T, R>> convoy = new ArrayList<>();
        Traveller<T, R> next;
        while (convoy.size() < size && (next = waiting.poll()) != null) {
            convoy.add(next);
        }
        return convoy;
    }

    @LeavesTheChain("The call is made for all of them; none may end it by going away.")
    private void travel(List<Traveller<T, R>> convoy) {
        List<T> all = convoy.stream().map(Traveller::one).toList();
        Mono.defer(() -> call.apply(all))
            .filter(results -> results.size() == all.size())
            .switchIfEmpty(Mono.error(() -> new IllegalStateException("not every one has a result")))
            .subscribe(results -> arrive(convoy, results), failure -> fail(convoy, failure));
    }

    private void arrive(List<Traveller<T, R>> convoy, List<R> results) {
        makeWay();
        for (int i = 0; i < convoy.size(); i++) {
            convoy.get(i).arrival.tryEmitValue(results.get(i));
        }
    }

    private void fail(List<Traveller<T, R>> convoy, Throwable failure) {
        makeWay();
        convoy.forEach(traveller -> traveller.arrival.tryEmitError(failure));
    }

    /** Before those who arrived go on, which takes this thread a while. */
    private void makeWay() {
        underWay.decrementAndGet();
        leave();
    }

    private record Traveller<T, R>(T one, Sinks.One<R> arrival) {}
}
