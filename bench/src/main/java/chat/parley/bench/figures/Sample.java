package chat.parley.bench.figures;

import java.util.Arrays;

/** How long each of many calls took. */
public final class Sample {

    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[1024];
    private int size;

    public void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = duration;
    }

    public void addAll(Sample other) {
        for (int i = 0; i < other.size; i++) {
            add(other.nanos[i]);
        }
    }

    public int size() {
        return size;
    }

    /**
     * The smallest duration that is not below the given share of all, in milliseconds (nearest rank).
     *
     * @param percent over 0, to 100
     * @throws IllegalStateException if there are none
     */
    public double percentile(double percent) {
        if (size == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("no percentile: " + percent);
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        // Rounded first: 99 % of 100 are 99.00000000000001 otherwise.
        long rank = (long) Math.ceil(Math.round(percent * size * 1e6) / 1e8);
        return sorted[(int) Math.max(1, rank) - 1] / NANOS_PER_MILLI;
    }
}
