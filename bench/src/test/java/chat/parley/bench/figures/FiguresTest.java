package chat.parley.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FiguresTest {

    @ParameterizedTest
    @CsvSource(
        {
            "1, 50, 1",
            "1, 99, 1",
            "2, 50, 1",
            "2, 51, 2",
            "100, 50, 50",
            "100, 99, 99",
            "100, 99.5, 100",
            "100, 100, 100",
            "1000, 99, 990",
            "5000, 99, 4950",
            "10, 0.1, 1",
        }
    )
    void takesTheNearestRank(int size, double percent, double expectedMillis) {
        Sample sample = new Sample();
        List<Long> shuffled = LongStream.rangeClosed(1, size).boxed().collect(Collectors.toList());
        Collections.shuffle(shuffled, new Random(7));
        shuffled.forEach(millis -> sample.add(millis * 1_000_000));

        assertThat(sample.percentile(percent)).isEqualTo(expectedMillis);
    }

    @Test
    void isFoundAtTheSamePlaceByCounting() {
        Random random = new Random(42);
        Sample sample = new Sample();
        List<Long> values = random.longs(777, 1, 1_000_000_000).boxed().toList();
        values.forEach(sample::add);

        for (int percent = 1; percent <= 100; percent++) {
            long found = Math.round(sample.percentile(percent) * 1e6);
            long notAbove = values
                .stream()
                .filter(value -> value <= found)
                .count();
            long below = values
                .stream()
                .filter(value -> value < found)
                .count();
            assertThat(notAbove * 100).isGreaterThanOrEqualTo(percent * 777L);
            assertThat(below * 100).isLessThan(percent * 777L);
        }
    }

    @Test
    void measuresNothingFromNothing() {
        assertThatIllegalStateException().isThrownBy(() -> new Sample().percentile(50));
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
        Sample one = new Sample();
        one.add(1);
        assertThatIllegalArgumentException().isThrownBy(() -> one.percentile(0));
        assertThatIllegalArgumentException().isThrownBy(() -> one.percentile(101));
    }

    @Test
    void joinsSamples() {
        Sample one = new Sample();
        Sample other = new Sample();
        LongStream.range(0, 3_000).forEach(i -> one.add(1_000_000));
        LongStream.range(0, 3_000).forEach(i -> other.add(2_000_000));

        one.addAll(other);

        assertThat(one.size()).isEqualTo(6_000);
        assertThat(one.percentile(50)).isEqualTo(1.0);
        assertThat(one.percentile(51)).isEqualTo(2.0);
    }

    @Test
    void findsTheMiddleOfRounds() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(1, 2, 3));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(1, 2.5, 4));
        assertThat(Spread.of(List.of(5.0))).isEqualTo(new Spread(5, 5, 5));
    }

    @Test
    void dividesRoundByRound() {
        Figure ratio = Figure.ratio("a / b", List.of(2.0, 30.0, 4.0), List.of(1.0, 10.0, 1.0));

        assertThat(ratio.spread()).isEqualTo(new Spread(2, 3, 4));
        assertThat(ratio.atMost(3).verdict()).isEqualTo("met, aim <= 3.0");
        assertThat(ratio.atMost(2.9).verdict()).isEqualTo("MISSED, aim <= 2.9");
        assertThat(ratio.atLeast(3).verdict()).isEqualTo("met, aim >= 3.0");
        assertThat(ratio.atLeast(3.1).verdict()).isEqualTo("MISSED, aim >= 3.1");
        assertThatIllegalArgumentException().isThrownBy(() ->
            Figure.ratio("a / b", List.of(2.0), List.of(1.0, 2.0))
        );
    }

    @Test
    void printsAlignedColumns() {
        String table = Report.table(
            "gateway",
            List.of(
                new Figure("direct", "ms", new Spread(0.123, 1, 12.345), null, null),
                new Figure("through / direct", "x", new Spread(1, 2, 1234.5), 1.5, null)
            )
        );

        assertThat(table.lines()).containsExactly(
            "gateway",
            "                          min     median        max",
            "  direct                 0.12       1.00       12.3  ms",
            "  through / direct       1.00       2.00       1235  x      MISSED, aim <= 1.5"
        );
    }

    @Test
    void writesEverythingForPrograms(@TempDir Path folder) throws Exception {
        Report report = new Report(Map.of("commit", "abc"));
        report.add("rooms", List.of(Figure.of("list", "ms", List.of(1.0, 2.0, 4.0)).atMost(3)));
        Path file = folder.resolve("results/one.json");

        report.write(file);

        JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
        assertThat(json.get("commit").asString()).isEqualTo("abc");
        JsonNode figure = json.at("/benchmarks/rooms/0");
        assertThat(figure.get("name").asString()).isEqualTo("list");
        assertThat(figure.get("median").asDouble()).isEqualTo(2.0, within(1e-9));
        assertThat(figure.get("max").asDouble()).isEqualTo(4.0, within(1e-9));
        assertThat(figure.get("verdict").asString()).isEqualTo("met, aim <= 3.0");
    }
}
