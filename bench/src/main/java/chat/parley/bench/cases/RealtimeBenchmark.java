package chat.parley.bench.cases;

import chat.parley.bench.figures.Figure;
import chat.parley.bench.suite.RealtimeAlone;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a delivery takes of realtime-service's processor, what an idle socket takes of its memory, and the same of other
 * servers, test by test in turns.
 */
public final class RealtimeBenchmark implements AloneBenchmark {

    private static final List<String> TESTS = List.of("amax", "a20", "a50", "bmax");
    private static final List<String> PEERS = List.of(
        "soketi-http",
        "soketi-client",
        "socketio",
        "socketio-uws",
        "bare",
        "bare-coalesce"
    );
    private static final String NATIVE = "socketio-uws";
    private static final String PUSHER = "soketi-http";
    private static final double IDLE_KIB = 4;
    private static final double LOW_LOAD_MILLIS = 5;

    private final Path repository;
    private final @Nullable Path loadgen;
    private final Map<String, List<JsonNode>> found = new LinkedHashMap<>();

    public RealtimeBenchmark(Path repository, @Nullable Path loadgen) {
        this.repository = repository;
        this.loadgen = loadgen;
    }

    @Override
    public String name() {
        return "realtime";
    }

    @Override
    public List<Figure> run(int rounds) throws IOException, InterruptedException {
        LoadGenerator load = LoadGenerator.require(loadgen);
        for (int round = 0; round < rounds; round++) {
            measureDeliveries(load);
            measureIdle(load);
        }
        return figures();
    }

    private void measureDeliveries(LoadGenerator load) throws IOException, InterruptedException {
        try (RealtimeAlone node = RealtimeAlone.start(repository)) {
            warmUp(load, node);
            for (String test : TESTS) {
                note("parley-http", test, load.parley(node, "http", test));
                note("parley-client", test, load.parley(node, "client", test));
                for (String peer : PEERS) {
                    note(peer, test, load.peer(peer, test));
                }
            }
            Process low = load.against(node, "-n", "10", "-r", "1", "-R", "10", "--warmup", "2", "-s", "8");
            note("parley-http", "low", LoadGenerator.result(low, Duration.ofMinutes(1)));
        }
    }

    /** A node that has worked already: the compiler's work is not a delivery's, nor is a heap that was never touched. */
    private static void warmUp(LoadGenerator load, RealtimeAlone node)
        throws IOException, InterruptedException {
        for (String via : List.of("http", "client")) {
            WarmUp.run(() -> load.parley(node, via, "bmax").path("cpu_us_per_del").asDouble());
            load.parley(node, via, "amax");
        }
    }

    private void measureIdle(LoadGenerator load) throws IOException, InterruptedException {
        try (RealtimeAlone node = RealtimeAlone.start(repository)) {
            // Of sockets that do nothing only the heap has to be used to it.
            load.parley(node, "http", "amax");
            note("parley-http", "idle", load.parley(node, "http", "idle"));
        }
        for (String peer : List.of("soketi-http", "socketio", "socketio-uws", "bare")) {
            note(peer, "idle", load.peer(peer, "idle"));
        }
    }

    private void note(String server, String test, JsonNode result) {
        System.out.println("  " + server + " " + test + " " + result);
        found.computeIfAbsent(server + "/" + test, _ -> new ArrayList<>()).add(result);
    }

    // --- what is made of it

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        for (String test : TESTS) {
            figures.add(processor("parley-http", test).atMost(bound("parley-http", test)));
            figures.add(processor("parley-client", test).atMost(bound("parley-client", test)));
            PEERS.forEach(peer -> figures.add(processor(peer, test)));
            figures.add(beside("Kafka", 1, "parley-http", test));
            figures.add(beside("Kafka", 1, "parley-client", test));
            figures.add(beside("Redis", 2, "parley-http", test));
            for (String server : List.of("parley-http", "parley-client", NATIVE, PUSHER)) {
                figures.add(of(server, test, "p50", "ms", "p50_ms"));
                figures.add(of(server, test, "p99", "ms", "p99_ms"));
                figures.add(of(server, test, "deliveries", "/s", "del_per_s"));
            }
            figures.add(of("parley-http", test, "not delivered", "", "undelivered").atMost(0));
            figures.add(of("parley-client", test, "not delivered", "", "undelivered").atMost(0));
        }
        for (String test : List.of("a20", "a50")) {
            figures.add(p99BesideNative("parley-http", test));
            figures.add(p99BesideNative("parley-client", test));
        }
        figures.add(of("parley-http", "low", "p50", "ms", "p50_ms").atMost(LOW_LOAD_MILLIS));
        figures.add(of("parley-http", "idle", "a socket", "KiB", "kib_per_conn").atMost(IDLE_KIB));
        for (String peer : List.of("soketi-http", "socketio", "socketio-uws", "bare")) {
            figures.add(of(peer, "idle", "a socket", "KiB", "kib_per_conn"));
        }
        figures.add(of("parley-http", "idle", "connects", "/s", "connect_per_s"));
        figures.add(of(PUSHER, "idle", "connects", "/s", "connect_per_s"));
        figures.add(
            Figure.ratio(
                "connects, parley / soketi",
                values("parley-http", "idle", "connect_per_s"),
                values(PUSHER, "idle", "connect_per_s")
            ).atLeast(1)
        );
        return figures;
    }

    private static double bound(String server, String test) {
        return switch (test) {
            case "amax" -> 1.1;
            case "a20", "a50" -> 10;
            case "bmax" -> server.endsWith("client") ? 13 : 30;
            default -> throw new IllegalArgumentException(test);
        };
    }

    private Figure processor(String server, String test) {
        return Figure.of(test + ", " + server + ", CPU a delivery", "µs", processorMicros(server, test, 0));
    }

    private Figure beside(String whose, int process, String server, String test) {
        return Figure.of(
            test + ", " + whose + " beside " + server + ", CPU a delivery",
            "µs",
            processorMicros(server, test, process)
        );
    }

    private List<Double> processorMicros(String server, String test, int process) {
        return results(server, test)
            .stream()
            .map(
                result ->
                    (result.path("per_pid_cpu").path(process).asDouble() * 1e6) /
                    Math.max(1, result.path("deliveries").asDouble())
            )
            .toList();
    }

    private Figure p99BesideNative(String server, String test) {
        return Figure.ratio(
            test + ", " + server + " / " + NATIVE + ", p99",
            values(server, test, "p99_ms"),
            values(NATIVE, test, "p99_ms")
        ).atMost(1);
    }

    private Figure of(String server, String test, String what, String unit, String field) {
        return Figure.of(test + ", " + server + ", " + what, unit, values(server, test, field));
    }

    private List<Double> values(String server, String test, String field) {
        return results(server, test)
            .stream()
            .map(result -> result.path(field).asDouble())
            .toList();
    }

    private List<JsonNode> results(String server, String test) {
        return found.getOrDefault(server + "/" + test, List.of());
    }
}
