package chat.parley.bench.cases;

import chat.parley.bench.figures.Figure;
import chat.parley.bench.suite.Suite;
import java.io.IOException;
import java.util.List;

/** One thing that is measured. */
public interface Benchmark {
    String name();

    /**
     * Seeds what it needs, warms up, and measures.
     *
     * @param rounds how often everything is measured
     */
    List<Figure> run(Suite suite, int rounds) throws IOException, InterruptedException;
}
