package chat.parley.service.paging;

import chat.parley.service.problem.MalformedRequest;
import org.jspecify.annotations.Nullable;

/** How many rows a page may hold: 50 unless asked otherwise, at most 100. */
public final class Limit {

    public static final int DEFAULT = 50;
    public static final int MAX = 100;

    private Limit() {}

    /**
     * @throws MalformedRequest below 1; above {@link #MAX} the answer is simply a smaller page
     */
    public static int of(@Nullable Integer asked) {
        return of(asked, DEFAULT, MAX);
    }

    /**
     * The same for a list of rows so small that a page may hold more of them.
     *
     * @throws MalformedRequest below 1; above {@code most} the answer is simply a smaller page
     */
    public static int of(@Nullable Integer asked, int otherwise, int most) {
        if (asked == null) {
            return otherwise;
        }
        if (asked < 1) {
            throw new MalformedRequest("limit must be at least 1.");
        }
        return Math.min(asked, most);
    }
}
