package chat.parley.bench.cases;

import java.io.IOException;
import java.time.Duration;

/**
 * The time before measuring. A service is compiled while it runs, on the processors that it runs on: what is measured before
 * that is over is the compiler, too, which a service that has run for a day has long done with. So the same load goes on until
 * what one thing takes of the processors has stopped falling, but for two minutes at most.
 */
final class WarmUp {

    /** How long each try goes on. */
    static final Duration TRY = Duration.ofSeconds(10);

    private static final int MOST_TRIES = 12;
    // Less than this is within what two tries differ by anyway.
    private static final double STILL_GAINS = 0.97;
    // One try alone may have been dear by chance: by a collection of garbage, or by the compiler's own work.
    private static final int IN_VAIN = 2;

    private WarmUp() {}

    /** Something that is done over and over for {@link #TRY}. */
    @FunctionalInterface
    interface Step {
        /** Milliseconds of CPU for each time it was done. */
        double cpuEach() throws IOException, InterruptedException;
    }

    /** Returns when two tries in a row were no cheaper than the cheapest before them. */
    static void run(Step step) throws IOException, InterruptedException {
        double cheapest = Double.MAX_VALUE;
        int inVain = 0;
        for (int i = 0; i < MOST_TRIES && inVain < IN_VAIN; i++) {
            double now = step.cpuEach();
            inVain = now > cheapest * STILL_GAINS ? inVain + 1 : 0;
            cheapest = Math.min(cheapest, now);
        }
    }
}
