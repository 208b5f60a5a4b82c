package chat.parley.local.supervision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps one component running from {@link #start} to {@link #stop}, whatever happens to its process. */
final class Keeper {

    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofSeconds(10);

    // Two further tries forgive a server that answered late on a busy machine; a fourth would only delay the bad news.
    private static final int TRIES_TO_BECOME_READY = 3;

    private final Component component;
    private final Ledger ledger;
    private final Pauses pauses;
    private final CompletableFuture<Component> ready = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private final Object starts = new Object();

    private @Nullable Run run;
    private @Nullable Thread thread;
    /** Guarded by {@link #starts}: who waits for a server's first answer, which may be minutes away. */
    private @Nullable Thread starter;

    Keeper(Component component, Ledger ledger, Pauses pauses) {
        this.component = component;
        this.ledger = ledger;
        this.pauses = pauses;
    }

    Component component() {
        return component;
    }

    /** Done once the component was ready for the first time; failed, with the reason, when it cannot get there. */
    CompletableFuture<Component> start() {
        synchronized (this) {
            thread = Thread.ofVirtual().name("keeper-" + component.name()).start(this::keep);
        }
        return ready;
    }

    /** Returns when the process is gone. */
    void stop() {
        stopping.countDown();
        abandonStart();
        Optional<Run> last = lastRun();
        last.ifPresent(running -> {
            ledger.record(component, State.STOPPING, running.identity());
            running.stop(GRACE);
        });
        awaitTheEnd();
        ledger.record(component, State.DOWN);
    }

    private void abandonStart() {
        synchronized (starts) {
            if (starter != null) {
                starter.interrupt();
            }
        }
    }

    /** After a start that is under way, whose keeper sees that it was told to stop. */
    private synchronized Optional<Run> lastRun() {
        return Optional.ofNullable(run).filter(last -> !last.exit().isDone());
    }

    private void awaitTheEnd() {
        synchronized (this) {
            if (thread == null) {
                return;
            }
        }
        uninterrupted(() -> ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void keep() {
        try {
            int tries = 0;
            while (!isStopping()) {
                long startedAt = System.nanoTime();
                String end = runOnce();
                Duration length = Duration.ofNanos(System.nanoTime() - startedAt);
                tries++;
                if (!isStopping()) {
                    giveUpAfter(tries, end);
                    pauseAfter(length, end);
                }
            }
        } catch (RuntimeException e) {
            ready.completeExceptionally(e);
            throw e;
        } finally {
            ended.countDown();
        }
    }

    private void giveUpAfter(int tries, String end) {
        if (!ready.isDone() && tries == TRIES_TO_BECOME_READY) {
            ready.completeExceptionally(new ComponentFailed(component, end));
        }
    }

    private void pauseAfter(Duration length, String end) {
        Duration pause = pauses.after(length);
        ledger.record(component, State.RESTARTING);
        ledger.say("%s %s; starting it again in %s".formatted(component.name(), end, Seconds.of(pause)));
        uninterrupted(() -> stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** @return how the run ended */
    private String runOnce() {
        try {
            return startUnlessStopping().map(this::accompany).orElse("was told to stop");
        } catch (IOException | UncheckedIOException e) {
            return "could not be started (" + e.getMessage() + ")";
        }
    }

    private synchronized Optional<Run> startUnlessStopping() throws IOException {
        if (isStopping()) {
            return Optional.empty();
        }
        ledger.record(component, State.STARTING);
        Optional<Run> started = startInterruptibly();
        started.ifPresent(next -> {
            run = next;
            ledger.record(component, State.STARTING, next.identity());
        });
        return started;
    }

    /** Whoever stops it either finds its starter here, or is seen from here. */
    private Optional<Run> startInterruptibly() throws IOException {
        synchronized (starts) {
            starter = Thread.currentThread();
        }
        try {
            return isStopping() ? Optional.empty() : Optional.of(component.start());
        } finally {
            synchronized (starts) {
                starter = null;
                // One that came too late is not for what follows.
                Thread.interrupted();
            }
        }
    }

    private String accompany(Run started) {
        if (becomesReady(started)) {
            ledger.record(component, State.UP, started.identity());
            ready.complete(component);
        } else if (!started.exit().isDone() && !isStopping()) {
            started.stop(GRACE);
            return "was not ready within " + Seconds.of(READY_WITHIN);
        }
        return "stopped (exit code " + started.exit().join() + ")";
    }

    private boolean becomesReady(Run started) {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!started.exit().isDone() && System.nanoTime() < deadline) {
            if (started.ready()) {
                // Someone else may be answering at its port.
                return !started.exit().isDone();
            }
            uninterrupted(() -> stopping.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS));
            if (isStopping()) {
                return false;
            }
        }
        return false;
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private interface Wait<T> {
        T end() throws InterruptedException;
    }

    /** Nobody interrupts a keeper but in its starts: it ends by {@link #stop}. */
    private static <T> T uninterrupted(Wait<T> wait) {
        try {
            return wait.end();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
