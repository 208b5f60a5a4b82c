package chat.parley.bench.cases;

import chat.parley.bench.figures.Figure;
import chat.parley.bench.suite.Suite;
import java.io.IOException;
import java.util.List;

/** One thing that is measured of a whole suite. */
public non-sealed interface Benchmark extends Measured {
    /**
     * Seeds what it needs, warms up, and measures.
     *
     * @param rounds how often everything is measured
     */
    List<Figure> run(Suite suite, int rounds) throws IOException, InterruptedException;
}
