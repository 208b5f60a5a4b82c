package chat.parley.bench.cases;

import chat.parley.bench.figures.Figure;
import chat.parley.bench.suite.RealtimeAlone;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Half of what a node can do, for minutes on end: its memory must be what it was. */
public final class RealtimeSoakBenchmark implements AloneBenchmark {

    private static final double MIB = 1024 * 1024;

    private final Path repository;
    private final @Nullable Path loadgen;
    private final int minutes;

    /** @param minutes how long each round is */
    public RealtimeSoakBenchmark(Path repository, @Nullable Path loadgen, int minutes) {
        this.repository = repository;
        this.loadgen = loadgen;
        this.minutes = minutes;
    }

    @Override
    public String name() {
        return "realtime-soak";
    }

    @Override
    public List<Figure> run(int rounds) throws IOException, InterruptedException {
        LoadGenerator load = LoadGenerator.require(loadgen);
        List<Soaked> soaked = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            soaked.add(soak(load));
        }
        return List.of(
            Figure.of("published", "/s", soaked.stream().map(Soaked::rate).toList()),
            Figure.of("not delivered", "", soaked.stream().map(Soaked::lost).toList()).atMost(0),
            Figure.of("dropped for slowness", "", soaked.stream().map(Soaked::dropped).toList()).atMost(0),
            Figure.of("p99", "ms", soaked.stream().map(Soaked::p99).toList()),
            Figure.of("heap, before", "MiB", soaked.stream().map(Soaked::heapBefore).toList()),
            Figure.ratio(
                "heap, after / before",
                soaked.stream().map(Soaked::heapAfter).toList(),
                soaked.stream().map(Soaked::heapBefore).toList()
            ).atMost(1.1),
            Figure.of("resident, before", "MiB", soaked.stream().map(Soaked::residentBefore).toList()),
            Figure.of("resident, after", "MiB", soaked.stream().map(Soaked::residentAfter).toList()),
            Figure.of("direct buffers, before", "MiB", soaked.stream().map(Soaked::directBefore).toList()),
            Figure.of("direct buffers, after", "MiB", soaked.stream().map(Soaked::directAfter).toList())
        );
    }

    private Soaked soak(LoadGenerator load) throws IOException, InterruptedException {
        try (RealtimeAlone node = RealtimeAlone.start(repository)) {
            // Twice: the first is the compiler's.
            load.parley(node, "http", "amax");
            double rate = Math.floor(load.parley(node, "http", "amax").path("pub_per_s").asDouble() / 2);
            double heapBefore = node.heapInUse();
            double residentBefore = node.resident();
            double directBefore = direct(node);
            Duration length = Duration.ofMinutes(minutes);
            Process sockets = load.against(
                node,
                "-n",
                "1000",
                "-r",
                "1",
                "-R",
                String.valueOf(rate),
                "--http-conns",
                "8",
                "--warmup",
                "2",
                "-s",
                Long.toString(length.toSeconds())
            );
            JsonNode result = LoadGenerator.result(sockets, length.plusMinutes(2));
            return new Soaked(
                result.path("pub_per_s").asDouble(),
                result.path("undelivered").asDouble(),
                node.meter("parley_fanout_dropped_total"),
                result.path("p99_ms").asDouble(),
                heapBefore / MIB,
                node.heapInUse() / MIB,
                residentBefore / MIB,
                node.resident() / MIB,
                directBefore,
                direct(node)
            );
        }
    }

    private static double direct(RealtimeAlone node) throws IOException, InterruptedException {
        String meter = "jvm_buffer_memory_used_bytes{application=\"realtime-service\",id=\"direct\"";
        return node.meter(meter) / MIB;
    }

    /** Memory in MiB. */
    private record Soaked(
        double rate,
        double lost,
        double dropped,
        double p99,
        double heapBefore,
        double heapAfter,
        double residentBefore,
        double residentAfter,
        double directBefore,
        double directAfter
    ) {}
}
