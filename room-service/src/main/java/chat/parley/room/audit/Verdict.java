package chat.parley.room.audit;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a verification has found.
 *
 * @param head the last entry and its mac; null if the log is broken
 * @param waiting how many entries, counted up to a thousand, have no place yet
 * @param longestWait of those
 * @param fault the first one; null if the log is intact
 */
record Verdict(@Nullable Checkpoint head, int waiting, Duration longestWait, @Nullable Fault fault) {
    /** By then the sealer has looked many times. */
    private static final Duration LONG = Duration.ofSeconds(10);

    static Verdict intact(Checkpoint head, int waiting, Duration longestWait) {
        return new Verdict(head, waiting, longestWait, null);
    }

    static Verdict broken(Fault fault) {
        return new Verdict(null, 0, Duration.ZERO, fault);
    }

    boolean isIntact() {
        return fault == null;
    }

    /** For people, in one line or two. */
    String text() {
        if (fault != null) {
            return "audit log: broken at entry " + number(fault.place()) + ": " + fault.wrong().words;
        }
        if (head == null) {
            throw new IllegalStateException("an intact log has a head");
        }
        String line = "audit log: " + number(head.position()) + " entries, intact";
        if (head.position() > 0) {
            line += "; head " + head;
        }
        return longestWait.compareTo(LONG) < 0
            ? line
            : line +
              "\naudit log: " +
              waiting +
              " more wait to be sealed, for " +
              longestWait.toSeconds() +
              " s";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** @param place the position of the entry that is wrong, or should be there */
    record Fault(long place, Wrong wrong) {}

    /** What can be wrong with a log. */
    enum Wrong {
        CHANGED("it has been changed, or was never written by Parley"),
        OUT_OF_ORDER("another entry stands in its place"),
        MISSING("it is missing"),
        CUT_OFF("it is missing, and so is all that came after it"),
        NOT_AS_NOTED("it is not the one that was noted"),
        FORGED("what waits to be sealed there was not written by Parley"),
        HEAD_CHANGED("the log does not end here, or its head has been changed"),
        HEAD_GONE("the log's head is gone");

        private final String words;

        Wrong(String words) {
            this.words = words;
        }
    }
}
