package chat.parley.gateway;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something may be done: a bucket of tokens, one a call, that is full at first and fills again steadily.
 *
 * @param burst how many tokens it holds
 * @param interval after how long a spent token is there again
 */
public record TokenBucket(int burst, Duration interval) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,7})/(s|min) burst (\\d{1,7})");

    public TokenBucket {
        if (burst < 1 || interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("no such bucket: " + burst + ", one more after " + interval);
        }
    }

    /**
     * @param text such as {@code 100/s burst 400} or {@code 30/min burst 60}
     * @throws IllegalArgumentException if it is not of that form, or lets nothing through
     */
    public static TokenBucket of(String text) {
        Matcher parts = FORM.matcher(text.trim());
        if (!parts.matches() || Integer.parseInt(parts.group(1)) == 0) {
            throw new IllegalArgumentException("'" + text + "' is not of the form '100/s burst 400'");
        }
        Duration period = parts.group(2).equals("s") ? Duration.ofSeconds(1) : Duration.ofMinutes(1);
        return new TokenBucket(
            Integer.parseInt(parts.group(3)),
            period.dividedBy(Integer.parseInt(parts.group(1)))
        );
    }

    /** How long an empty bucket takes to be full. */
    public Duration refill() {
        return interval.multipliedBy(burst);
    }
}
