package chat.parley.realtime.channels.webhook;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls of one URL: some at once, some that wait, and no more, so that a slow one keeps no other URL's waiting. */
final class Lane {

    private final int atOnce;
    private final int most;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int running;

    /** @param most that run and wait together */
    Lane(int atOnce, int most) {
        this.atOnce = atOnce;
        this.most = most;
    }

    /** Completes with the call's outcome, or at once with {@link Outcome#NO_ROOM}. */
    CompletableFuture<Outcome> run(Supplier<CompletableFuture<Outcome>> call) {
        Waiting entered = new Waiting(call, new CompletableFuture<>());
        synchronized (this) {
            if (running + waiting.size() >= most) {
                return CompletableFuture.completedFuture(Outcome.NO_ROOM);
            }
            waiting.add(entered);
        }
        startNext();
        return entered.outcome;
    }

    private void startNext() {
        Waiting next = next();
        if (next != null) {
            next.call
                .get()
                .whenComplete((outcome, _) -> {
                    ended();
                    next.outcome.complete(outcome == null ? Outcome.FAILED : outcome);
                    startNext();
                });
        }
    }

    private synchronized @Nullable Waiting next() {
        Waiting next = running < atOnce ? waiting.poll() : null;
        running += next == null ? 0 : 1;
        return next;
    }

    private synchronized void ended() {
        running--;
    }

    /** How a call went. */
    enum Outcome {
        /** The app's server has answered with 2xx. */
        DELIVERED,
        /** It has answered otherwise, or not in time. */
        FAILED,
        /** It was not tried. */
        NO_ROOM,
    }

    private record Waiting(Supplier<CompletableFuture<Outcome>> call, CompletableFuture<Outcome> outcome) {}
}
