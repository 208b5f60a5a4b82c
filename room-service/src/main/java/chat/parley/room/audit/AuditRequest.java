package chat.parley.room.audit;

import chat.parley.contracts.RoomId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody wants of the log. */
sealed interface AuditRequest {
    String USAGE = "audit verify [--expect POSITION:MAC], or audit show [--room ID] [--limit N]";

    /** @param expected what was noted of the log at an earlier time */
    record Verify(@Nullable Checkpoint expected) implements AuditRequest {}

    /**
     * The newest entries.
     *
     * @param room null for all rooms
     * @param limit how many at most
     */
    record Show(@Nullable RoomId room, int limit) implements AuditRequest {
        private static final int USUAL_LIMIT = 50;
        private static final int HIGHEST_LIMIT = 10_000;
    }

    /**
     * @throws IllegalArgumentException saying what was not understood
     */
    static AuditRequest of(List<String> words) {
        Deque<String> rest = new ArrayDeque<>(words);
        String what = rest.isEmpty() ? "" : rest.removeFirst();
        return switch (what) {
            case "verify" -> verify(rest);
            case "show" -> show(rest);
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    private static AuditRequest verify(Deque<String> rest) {
        Checkpoint expected = null;
        while (!rest.isEmpty()) {
            switch (rest.removeFirst()) {
                case "--expect" -> expected = Checkpoint.of(value("--expect", rest));
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        return new Verify(expected);
    }

    private static AuditRequest show(Deque<String> rest) {
        RoomId room = null;
        int limit = Show.USUAL_LIMIT;
        while (!rest.isEmpty()) {
            switch (rest.removeFirst()) {
                case "--room" -> room = RoomId.of(value("--room", rest));
                case "--limit" -> limit = limit(value("--limit", rest));
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        return new Show(room, limit);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " wants a value after it");
        }
        return rest.removeFirst();
    }

    private static int limit(String value) {
        int limit = value.matches("\\d{1,5}") ? Integer.parseInt(value) : 0;
        if (limit < 1 || limit > Show.HIGHEST_LIMIT) {
            throw new IllegalArgumentException("--limit wants a number from 1 to " + Show.HIGHEST_LIMIT);
        }
        return limit;
    }
}
