package chat.parley.service.rounds;

import java.time.Duration;

/**
 * When rounds begin and how long one may take.
 *
 * @param first how long after the start the first one begins
 * @param every how long after one's beginning the next one begins; not before the one before has ended
 * @param longest after what time a round is given up, so that one that hangs does not keep all later ones waiting
 */
public record Pace(Duration first, Duration every, Duration longest) {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    public Pace {
        if (!every.isPositive() || !longest.isPositive() || first.isNegative()) {
            throw new IllegalArgumentException("rounds need times above zero: " + every + ", " + longest);
        }
    }

    /** The first one after the same time as all others; none takes longer than five minutes. */
    public static Pace every(Duration interval) {
        return new Pace(interval, interval, LONGEST);
    }

    /** The same, but the first one begins at once. */
    public Pace fromTheStart() {
        return new Pace(Duration.ZERO, every, longest);
    }

    public Pace noneLongerThan(Duration limit) {
        return new Pace(first, every, limit);
    }
}
