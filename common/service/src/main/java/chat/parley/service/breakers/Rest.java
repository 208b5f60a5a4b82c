package chat.parley.service.breakers;

import java.time.Duration;

/**
 * For how long a breaker that has opened keeps calls away, and how it finds out whether it still has to.
 *
 * @param length how long nobody calls
 * @param probes how many calls then decide whether it is over; where fewer come, it rests again
 * @param probesWithin how long they may take: a probe whose caller went away tells nothing, and without an end to the
 *     waiting nobody would ever call again
 */
public record Rest(Duration length, int probes, Duration probesWithin) {
    public Rest {
        if (!length.isPositive() || probes < 1 || !probesWithin.isPositive()) {
            throw new IllegalArgumentException(
                "no such rest: " + length + ", " + probes + " probes within " + probesWithin
            );
        }
    }

    /** Until one call, which has as long again, says that it is over. */
    public static Rest of(Duration length) {
        return new Rest(length, 1, length);
    }

    public Rest withProbes(int number) {
        return new Rest(length, number, probesWithin);
    }

    public Rest withProbesWithin(Duration time) {
        return new Rest(length, probes, time);
    }
}
