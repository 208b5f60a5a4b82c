package chat.parley.realtime.channels.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = 1_000_000_000;
    /** The clock runs over soon, as System.nanoTime may. */
    private static final long START = Long.parseLong("9223372036854000000");

    private final Pace pace = new Pace(10, 5, START);

    @Test
    void takesABurstAndThenSoManyASecond() {
        assertThat(taken(100, START)).isEqualTo(5);
        assertThat(taken(100, START + SECOND / 10)).isEqualTo(1);
        assertThat(taken(100, START + SECOND / 5)).isEqualTo(1);
    }

    @Test
    void savesNoMoreThanABurst() {
        assertThat(taken(100, START)).isEqualTo(5);

        assertThat(taken(100, START + 3600 * SECOND)).isEqualTo(5);
    }

    private long taken(int tries, long now) {
        return IntStream.range(0, tries)
            .filter(_ -> pace.takes(now))
            .count();
    }
}
