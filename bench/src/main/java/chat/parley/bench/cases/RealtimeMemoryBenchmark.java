package chat.parley.bench.cases;

import chat.parley.bench.figures.Figure;
import chat.parley.bench.suite.RealtimeAlone;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** 15,000 sockets that hear nothing, then a burst to all of them, then nothing again: the heap must come back. */
public final class RealtimeMemoryBenchmark implements AloneBenchmark {

    private static final int SOCKETS = 15_000;
    private static final int BURST = 50;
    private static final String CONNECTIONS = "parley_connections{";
    private static final Duration CONNECTED_WITHIN = Duration.ofMinutes(3);
    private static final double KIB = 1024;

    private final Path repository;
    private final @Nullable Path loadgen;

    public RealtimeMemoryBenchmark(Path repository, @Nullable Path loadgen) {
        this.repository = repository;
        this.loadgen = loadgen;
    }

    @Override
    public String name() {
        return "realtime-memory";
    }

    @Override
    public List<Figure> run(int rounds) throws IOException, InterruptedException {
        LoadGenerator load = LoadGenerator.require(loadgen);
        List<Snapshot> snapshots = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            try (RealtimeAlone node = RealtimeAlone.start(repository)) {
                load.parley(node, "http", "amax");
                snapshots.add(burst(load, node));
            }
        }
        return List.of(
            Figure.of("a socket, heap", "KiB", snapshots.stream().map(Snapshot::eachHeap).toList()),
            Figure.of("a socket, resident", "KiB", snapshots.stream().map(Snapshot::eachResident).toList()),
            Figure.of("delivered", "", snapshots.stream().map(Snapshot::delivered).toList()).atLeast(
                (double) SOCKETS * BURST
            ),
            Figure.ratio(
                "heap, idle again / idle",
                snapshots.stream().map(Snapshot::heapAgain).toList(),
                snapshots.stream().map(Snapshot::heapIdle).toList()
            ).atMost(1.1),
            Figure.of("heap, all gone", "MiB", snapshots.stream().map(Snapshot::mibGone).toList())
        );
    }

    private static Snapshot burst(LoadGenerator load, RealtimeAlone node)
        throws IOException, InterruptedException {
        double heapBefore = node.heapInUse();
        double residentBefore = node.resident();
        Process sockets = load.against(
            node,
            "-n",
            Integer.toString(SOCKETS),
            "-r",
            "1",
            "-R",
            "10",
            "--max-pubs",
            Integer.toString(BURST),
            "--settle",
            "30",
            "--warmup",
            "0.1",
            "-s",
            "60",
            "--conn-timeout",
            "120"
        );
        try {
            await(node, SOCKETS);
            double heapIdle = node.heapInUse();
            double residentIdle = node.resident();
            awaitBurst(node);
            double heapAgain = node.heapInUse();
            JsonNode result = LoadGenerator.result(sockets, Duration.ofMinutes(5));
            await(node, 0);
            return new Snapshot(
                heapBefore,
                residentBefore,
                heapIdle,
                residentIdle,
                heapAgain,
                node.heapInUse(),
                (double) SOCKETS * BURST - result.path("undelivered").asDouble()
            );
        } finally {
            sockets.destroy();
        }
    }

    private static void await(RealtimeAlone node, int connections) throws IOException, InterruptedException {
        long end = System.nanoTime() + CONNECTED_WITHIN.toNanos();
        while (node.meter(CONNECTIONS) != connections) {
            if (System.nanoTime() > end) {
                throw new IOException("there were never " + connections + " sockets");
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    /** Until everything that was published has been flushed to every event loop, and a moment is over. */
    private static void awaitBurst(RealtimeAlone node) throws IOException, InterruptedException {
        long end = System.nanoTime() + CONNECTED_WITHIN.toNanos();
        double before = node.meter("parley_delivery_seconds_count");
        double last = before;
        while (System.nanoTime() < end) {
            TimeUnit.SECONDS.sleep(8);
            double now = node.meter("parley_delivery_seconds_count");
            if (now > before && now == last) {
                return;
            }
            last = now;
        }
        throw new IOException("the burst never ended");
    }

    /** In bytes; {@code delivered} in events. */
    private record Snapshot(
        double heapBefore,
        double residentBefore,
        double heapIdle,
        double residentIdle,
        double heapAgain,
        double heapGone,
        double delivered
    ) {
        double eachHeap() {
            return (heapIdle - heapBefore) / SOCKETS / KIB;
        }

        double eachResident() {
            return (residentIdle - residentBefore) / SOCKETS / KIB;
        }

        double mibGone() {
            return heapGone / KIB / KIB;
        }
    }
}
