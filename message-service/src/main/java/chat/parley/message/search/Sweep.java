package chat.parley.message.search;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a search has come on its way back in time. It looks at a span of time in one, all of it at first; where
 * that holds too much it looks at less, and where there is little, at more.
 *
 * @param until in milliseconds; what was sent later has been seen
 * @param floor nothing sent then or earlier is wanted
 * @param found in the order of the answer
 * @param pages how many were read
 * @param lookUps how often the index was asked
 */
record Sweep(long until, long floor, long span, List<Found> found, int pages, int lookUps) {
    /** More than the time there is, and no overflow from now. */
    static final long ALL = Long.MAX_VALUE / 4;

    private static final long DAY = 86_400_000;
    private static final int STEP = 8;

    static Sweep from(long until, long floor, long span) {
        return new Sweep(until, floor, span, List.of(), 0, 0);
    }

    /** What was sent then or earlier is not looked at now. */
    long after() {
        return Math.max(floor, until - span);
    }

    boolean isAtTheEnd() {
        return until <= floor;
    }

    boolean canNarrow() {
        return until - after() > 1;
    }

    Sweep narrowed() {
        long looked = until - after();
        long less = span >= ALL && looked > DAY ? DAY : Math.max(1, looked / STEP);
        return new Sweep(until, floor, less, found, pages, lookUps + 1);
    }

    /** One span further back. */
    Sweep on(List<Found> more, int read, boolean few) {
        List<Found> all = new ArrayList<>(found);
        all.addAll(more);
        long next = few ? Math.min(ALL, span >= ALL / STEP ? ALL : span * STEP) : span;
        return new Sweep(after(), floor, next, List.copyOf(all), pages + read, lookUps + 1);
    }
}
