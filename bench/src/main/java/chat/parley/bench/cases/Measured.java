package chat.parley.bench.cases;

/** What can be asked for by its name. */
public sealed interface Measured permits Benchmark, AloneBenchmark {
    String name();
}
