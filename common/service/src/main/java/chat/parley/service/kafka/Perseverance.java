package chat.parley.service.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Tries something again and again in the background, with a pause between two tries, until it succeeds or is not
 * wanted any more. It can be started anew after it was stopped.
 */
final class Perseverance {

    private final String name;
    private final Duration pause;
    private final BooleanSupplier attempt;
    private CountDownLatch stopped = new CountDownLatch(0);

    /**
     * @param name of the thread that tries
     * @param attempt whether it has succeeded; may block, and throws nothing
     */
    Perseverance(String name, Duration pause, BooleanSupplier attempt) {
        this.name = name;
        this.pause = pause;
        this.attempt = attempt;
    }

    /** Begins at once. */
    synchronized void start() {
        CountDownLatch untilStopped = new CountDownLatch(1);
        stopped = untilStopped;
        Thread.ofVirtual()
            .name(name)
            .start(() -> persevere(untilStopped));
    }

    /** Makes the first try before it returns; only if that fails the others follow in the background. */
    synchronized void startWithOneTry() {
        if (attempt.getAsBoolean()) {
            stopped = new CountDownLatch(1);
        } else {
            start();
        }
    }

    private void persevere(CountDownLatch untilStopped) {
        try {
            while (untilStopped.getCount() > 0 && !attempt.getAsBoolean()) {
                untilStopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** No try begins after this; one that is under way ends by itself. */
    synchronized void stop() {
        stopped.countDown();
    }

    /** Whether it was started and not stopped since, however the tries went. */
    synchronized boolean isWanted() {
        return stopped.getCount() > 0;
    }
}
