package chat.parley.bench;

import chat.parley.bench.cases.AloneBenchmark;
import chat.parley.bench.cases.Benchmark;
import chat.parley.bench.cases.DeliveryBenchmark;
import chat.parley.bench.cases.GatewayBenchmark;
import chat.parley.bench.cases.HistoryBenchmark;
import chat.parley.bench.cases.HotRoomBenchmark;
import chat.parley.bench.cases.Measured;
import chat.parley.bench.cases.MessagesBenchmark;
import chat.parley.bench.cases.RealtimeBenchmark;
import chat.parley.bench.cases.RealtimeMemoryBenchmark;
import chat.parley.bench.cases.RealtimeSoakBenchmark;
import chat.parley.bench.cases.RoomsBenchmark;
import chat.parley.bench.cases.SearchBenchmark;
import chat.parley.bench.cases.SignInBenchmark;
import chat.parley.bench.figures.Figure;
import chat.parley.bench.figures.Report;
import chat.parley.bench.suite.Machine;
import chat.parley.bench.suite.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The program behind {@code ./parley bench}, which has built it and the suite. */
public final class Bench {

    private Bench() {}

    private static List<Benchmark> ofSuite(@Nullable Path data) {
        return List.of(
            new RoomsBenchmark(),
            new SignInBenchmark(),
            new GatewayBenchmark(),
            new MessagesBenchmark(),
            new HotRoomBenchmark(),
            new DeliveryBenchmark(),
            new HistoryBenchmark(),
            new SearchBenchmark(data)
        );
    }

    private static List<AloneBenchmark> alone(Path repository, @Nullable Path loadgen, int minutes) {
        return List.of(
            new RealtimeBenchmark(repository, loadgen),
            new RealtimeMemoryBenchmark(repository, loadgen),
            new RealtimeSoakBenchmark(repository, loadgen, minutes)
        );
    }

    private static List<String> names(List<? extends Measured> measured) {
        return measured.stream().map(Measured::name).toList();
    }

    public static void main(String[] words) {
        System.exit(run(Path.of(System.getProperty("parley.home", "")).toAbsolutePath(), List.of(words)));
    }

    private static int run(Path repository, List<String> words) {
        try {
            Wish wish = Wish.of(words, names(ofSuite(null)), names(alone(repository, null, 1)));
            measure(repository, wish);
            return 0;
        } catch (IllegalArgumentException | IOException e) {
            System.err.println("parley: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static void measure(Path repository, Wish wish) throws IOException, InterruptedException {
        Report report = new Report(Machine.facts(repository));
        Path file = repository
            .resolve("bench/results")
            .resolve(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "") + ".json");
        measureAlone(repository, wish, report);
        if (ofSuite(null).stream().map(Benchmark::name).anyMatch(wish.names()::contains)) {
            measureSuite(repository, wish, report);
        }
        report.write(file);
        System.out.println("Written to " + file);
    }

    private static void measureAlone(Path repository, Wish wish, Report report)
        throws IOException, InterruptedException {
        for (AloneBenchmark benchmark : alone(repository, wish.loadgen(), wish.minutes())) {
            if (wish.names().contains(benchmark.name())) {
                show(report, benchmark.name(), benchmark.run(wish.rounds()));
            }
        }
    }

    private static void measureSuite(Path repository, Wish wish, Report report)
        throws IOException, InterruptedException {
        System.out.println("Starting a suite to measure; " + wish.rounds() + " rounds each.");
        Suite suite = Suite.start(repository);
        // Ctrl-C leaves no suite behind either.
        Thread stop = Thread.ofPlatform().unstarted(suite::close);
        Runtime.getRuntime().addShutdownHook(stop);
        for (Benchmark benchmark : ofSuite(wish.data())) {
            if (wish.names().contains(benchmark.name())) {
                show(report, benchmark.name(), benchmark.run(suite, wish.rounds()));
            }
        }
    }

    private static void show(Report report, String benchmark, List<Figure> figures) {
        report.add(benchmark, figures);
        System.out.println(Report.table(benchmark, figures));
    }
}
