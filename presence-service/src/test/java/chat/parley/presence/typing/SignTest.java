package chat.parley.presence.typing;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:20:30.456Z");

    private final Typist anna = new Typist(RoomId.random(), UserId.random());
    private final Typist bert = new Typist(anna.room(), UserId.random());

    @Test
    void countsByItsTimeAndNotByWhichTopicWasReadFirst() {
        Sign message = new Sign(anna, false, NOW);
        Sign whisperBeforeIt = new Sign(anna, true, NOW.minusMillis(300));

        assertThat(Sign.latest(List.of(message, whisperBeforeIt))).containsExactly(message);
    }

    @Test
    void countsByItsPlaceAmongThoseOfTheSameTime() {
        Sign begins = new Sign(anna, true, NOW);
        Sign ends = new Sign(anna, false, NOW);

        assertThat(Sign.latest(List.of(begins, ends))).containsExactly(ends);
        assertThat(Sign.latest(List.of(ends, begins))).containsExactly(begins);
    }

    @Test
    void isTheOwnOfEachTypist() {
        Sign annas = new Sign(anna, true, NOW);
        Sign berts = new Sign(bert, false, NOW.plusMillis(1));

        assertThat(Sign.latest(List.of(annas, berts))).containsExactly(annas, berts);
    }
}
