package chat.parley.service.problem;

import java.time.Duration;
import org.springframework.http.HttpHeaders;

/**
 * What a limit still allows its holder, as answers tell it.
 *
 * @param limit how many calls at once a rested holder may make: the burst of a token bucket
 * @param remaining how many of them are left
 * @param reset after how long all of them are there again, if none is used
 */
public record Allowance(long limit, long remaining, Duration reset) {
    public static final String LIMIT = "RateLimit-Limit";
    public static final String REMAINING = "RateLimit-Remaining";
    public static final String RESET = "RateLimit-Reset";

    public Allowance {
        if (limit < 0 || remaining < 0 || reset.isNegative()) {
            throw new IllegalArgumentException(
                "an allowance of " + remaining + " of " + limit + " for " + reset
            );
        }
    }

    /** Writes the three headers; the reset is in whole seconds, rounded up. */
    public void writeTo(HttpHeaders headers) {
        headers.set(LIMIT, Long.toString(limit));
        headers.set(REMAINING, Long.toString(remaining));
        headers.set(RESET, Long.toString(reset.plusMillis(999).toSeconds()));
    }
}
