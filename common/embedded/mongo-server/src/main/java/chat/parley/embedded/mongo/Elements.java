package chat.parley.embedded.mongo;

import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives every element of every document a small number, and keeps what is asked about it. */
final class Elements {

    /** Of an element without a time: in no range that anybody asks for. */
    private static final long NEVER = Long.MIN_VALUE;

    private static final int NONE = -1;

    private final Map<Object, int[]> numbers = new HashMap<>();
    private final BitSet free = new BitSet();
    private Object[] positions = new Object[1024];
    private long[] times = new long[1024];
    private int next;

    /** The number of the element, from now on with this time. */
    int number(Object position, int place, @Nullable Instant time) {
        int[] known = numbers.getOrDefault(position, new int[0]);
        if (place >= known.length) {
            int before = known.length;
            known = Arrays.copyOf(known, Math.max(place + 1, before + before / 2));
            Arrays.fill(known, before, known.length, NONE);
            numbers.put(position, known);
        }
        if (known[place] == NONE) {
            known[place] = take();
        }
        positions[known[place]] = position;
        times[known[place]] = time == null ? NEVER : time.toEpochMilli();
        return known[place];
    }

    private int take() {
        int number = free.nextSetBit(0);
        if (number >= 0) {
            free.clear(number);
            return number;
        }
        if (next == positions.length) {
            positions = Arrays.copyOf(positions, next + next / 2);
            times = Arrays.copyOf(times, next + next / 2);
        }
        return next++;
    }

    /** {@link #NONE}, which nothing is listed under, if it has never had one. */
    int numberOf(Object position, int place) {
        int[] known = numbers.get(position);
        return known == null || place >= known.length ? NONE : known[place];
    }

    Object position(int number) {
        return positions[number];
    }

    long time(int number) {
        return times[number];
    }

    void forget(Object position) {
        int[] gone = numbers.remove(position);
        if (gone != null) {
            Arrays.stream(gone)
                .filter(number -> number != NONE)
                .forEach(free::set);
        }
    }

    void clear() {
        numbers.clear();
        free.clear();
        next = 0;
    }
}
