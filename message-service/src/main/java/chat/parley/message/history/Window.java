package chat.parley.message.history;

import chat.parley.service.paging.Limit;
import chat.parley.service.problem.MalformedRequest;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which part of a history somebody wants to see. */
sealed interface Window {
    /** The seqs to read in a room that begins at {@code first} and ends at {@code last}; may be none. */
    Range in(long first, long last);

    /**
     * @throws MalformedRequest if more than one place is named, or one that cannot be
     */
    static Window of(
        @Nullable Long before,
        @Nullable Long after,
        @Nullable Long around,
        @Nullable Integer asked
    ) {
        int limit = Limit.of(asked);
        if (Stream.of(before, after, around).filter(Objects::nonNull).count() > 1) {
            throw new MalformedRequest("Only one of before, after and around can be given.");
        }
        if (after != null) {
            return new After(place("after", after), limit);
        }
        if (around != null) {
            return new Around(place("around", around), limit);
        }
        return new Before(before == null ? Long.MAX_VALUE : place("before", before), limit);
    }

    private static long place(String name, long seq) {
        if (seq < 0) {
            throw new MalformedRequest(name + " must not be negative.");
        }
        return seq;
    }

    record Before(long seq, int limit) implements Window {
        @Override
        public Range in(long first, long last) {
            long to = Math.min(last, seq - 1);
            return new Range(Math.max(first, to - limit + 1), to, last);
        }
    }

    record After(long seq, int limit) implements Window {
        @Override
        public Range in(long first, long last) {
            long from = Math.max(first, Math.min(seq, last) + 1);
            return new Range(from, Math.min(last, from + limit - 1), last);
        }
    }

    /** With the seq itself in the middle, as far as there are messages on both sides. */
    record Around(long seq, int limit) implements Window {
        @Override
        public Range in(long first, long last) {
            long middle = Math.clamp(seq, first, Math.max(first, last));
            long to = Math.min(last, Math.max(first + limit - 1, middle + limit - 1 - limit / 2));
            return new Range(Math.max(first, to - limit + 1), to, last);
        }
    }

    /**
     * @param from the first seq to read
     * @param to the last; before {@code from} if there is nothing to read
     * @param last the room's last
     */
    record Range(long from, long to, long last) {
        long size() {
            return Math.max(0, to - from + 1);
        }

        boolean hasAfter() {
            return to < last;
        }
    }
}
