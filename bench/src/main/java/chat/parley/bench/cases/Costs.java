package chat.parley.bench.cases;

import chat.parley.bench.figures.Figure;
import chat.parley.bench.suite.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a message takes of the processors, by component and in all, round by round. */
final class Costs {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Suite suite;
    private final Map<String, List<Double>> rounds = new LinkedHashMap<>();
    private final List<Double> all = new ArrayList<>();
    private Map<String, Duration> before = Map.of();

    Costs(Suite suite) {
        this.suite = suite;
    }

    /** From here on. */
    void begin() throws IOException {
        before = suite.cpu();
    }

    /** @param messages how many there have been since {@link #begin} */
    void end(int messages) throws IOException {
        double sum = 0;
        for (Map.Entry<String, Duration> after : suite.cpu().entrySet()) {
            Duration had = before.getOrDefault(after.getKey(), Duration.ZERO);
            double each = after.getValue().minus(had).toNanos() / NANOS_PER_MILLI / messages;
            rounds.computeIfAbsent(after.getKey(), _ -> new ArrayList<>()).add(each);
            sum += each;
        }
        all.add(sum);
    }

    /** Milliseconds of all components together, by round. */
    List<Double> all() {
        return List.copyOf(all);
    }

    /** A line a component, then all of them together. */
    List<Figure> figures(String what) {
        List<Figure> figures = new ArrayList<>();
        rounds.forEach((component, values) ->
            figures.add(Figure.of(what + ", CPU of " + component + " a message", "ms", values))
        );
        figures.add(total(what));
        return figures;
    }

    Figure total(String what) {
        return Figure.of(what + ", CPU of all a message", "ms", all);
    }
}
