package chat.parley.bench.cases;

import chat.parley.bench.figures.Figure;
import java.io.IOException;
import java.util.List;

/** One thing that is measured of a single service, with only the servers it needs beside it. */
public non-sealed interface AloneBenchmark extends Measured {
    /** @param rounds how often everything is measured */
    List<Figure> run(int rounds) throws IOException, InterruptedException;
}
