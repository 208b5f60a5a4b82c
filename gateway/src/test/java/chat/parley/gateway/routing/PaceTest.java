package chat.parley.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class PaceTest {

    @ParameterizedTest
    @CsvSource(
        {
            "0, 0, false",
            "1, 20, false",
            "1, 21, true",
            "4095, 21, true",
            "4096, 21, false",
            "40960, 31, true",
        }
    )
    void wantsSoMuchASecondAfterAWhile(long bytes, long seconds, boolean behind) {
        Pace pace = new Pace(Duration.ofSeconds(9), Duration.ofSeconds(20), DataSize.ofKilobytes(4));

        assertThat(pace.isBehind(bytes, Duration.ofSeconds(seconds).toNanos())).isEqualTo(behind);
    }
}
