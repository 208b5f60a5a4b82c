package chat.parley.realtime.channels.socket;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many a second, and so many at once. One number that every event loop moves: the time at which the next one would
 * be due if all came evenly (the virtual scheduling of GCRA, ITU-T I.371).
 */
final class Pace {

    private final long interval;
    private final long tolerance;
    private final AtomicLong due;

    /**
     * @param perSecond above 0
     * @param burst at least 1
     * @param now as {@link System#nanoTime}
     */
    Pace(int perSecond, int burst, long now) {
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.tolerance = interval * (burst - 1L);
        this.due = new AtomicLong(now);
    }

    /** Whether one more is within the pace; one that is not, does not count. */
    boolean takes(long now) {
        while (true) {
            long known = due.get();
            long from = known - now > 0 ? known : now;
            if (from - now > tolerance) {
                return false;
            }
            if (due.compareAndSet(known, from + interval)) {
                return true;
            }
        }
    }
}
