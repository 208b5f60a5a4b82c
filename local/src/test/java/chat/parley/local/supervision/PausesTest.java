package chat.parley.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PausesTest {

    private static final Duration SHORT_RUN = Duration.ofSeconds(5);
    private static final Duration LONG_RUN = Duration.ofMinutes(2);

    private final Pauses pauses = Pauses.forComponents();

    @Test
    void doubleFromAFifthOfASecondToHalfAMinute() {
        var seen = Stream.generate(() -> pauses.after(SHORT_RUN))
            .limit(10)
            .map(Duration::toMillis);

        assertThat(seen).containsExactly(
            200L,
            400L,
            800L,
            1_600L,
            3_200L,
            6_400L,
            12_800L,
            25_600L,
            30_000L,
            30_000L
        );
    }

    @Test
    void areBriefAgainAfterARunOfAMinute() {
        Stream.generate(() -> pauses.after(SHORT_RUN))
            .limit(6)
            .forEach(pause -> assertThat(pause).isPositive());

        assertThat(pauses.after(LONG_RUN)).hasMillis(200);
        assertThat(pauses.after(SHORT_RUN)).hasMillis(400);
    }
}
