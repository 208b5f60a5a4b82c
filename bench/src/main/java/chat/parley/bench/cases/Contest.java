package chat.parley.bench.cases;

import chat.parley.bench.figures.Figure;
import chat.parley.bench.figures.Sample;
import chat.parley.bench.http.Call;
import chat.parley.bench.http.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Calls that take turns, one after the other on one connection each, so that whatever the machine does beside them hits
 * all of them alike.
 */
final class Contest {

    private static final int CALLS = 500;
    private static final int WARM_UP_CALLS = 6_000;
    // A busy machine gets fewer calls, not an endless run.
    private static final Duration LONGEST_TURNS = Duration.ofSeconds(40);

    private final List<Entrant> entrants = new ArrayList<>();

    Contest enter(String name, int port, Call call) {
        return enter(name, port, () -> call);
    }

    /** @param calls gives each next call */
    Contest enter(String name, int port, Supplier<Call> calls) {
        entrants.add(new Entrant(name, port, calls, new ArrayList<>()));
        return this;
    }

    /** @param rounds what was measured in each */
    private record Entrant(String name, int port, Supplier<Call> calls, List<Sample> rounds) {}

    /** Until the services' code is compiled; nothing is kept of it. */
    Contest warmUp() throws IOException {
        turns(WARM_UP_CALLS, LONGEST_TURNS);
        return this;
    }

    /** For so long, and nothing is kept of it. How many calls were made to each entrant. */
    int warmUp(Duration time) throws IOException {
        return turns(Integer.MAX_VALUE, time).getFirst().size();
    }

    /** @return how many calls were made to each entrant */
    int run(int times) throws IOException {
        int calls = 0;
        for (int round = 0; round < times; round++) {
            List<Sample> samples = turns(CALLS, LONGEST_TURNS);
            for (int i = 0; i < entrants.size(); i++) {
                entrants.get(i).rounds.add(samples.get(i));
            }
            calls += samples.getFirst().size();
        }
        return calls;
    }

    private List<Sample> turns(int calls, Duration longest) throws IOException {
        List<Connection> connections = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        try {
            for (Entrant entrant : entrants) {
                connections.add(new Connection(entrant.port));
                samples.add(new Sample());
            }
            long end = System.nanoTime() + longest.toNanos();
            for (int i = 0; i < calls && System.nanoTime() < end; i++) {
                for (int turn = 0; turn < entrants.size(); turn++) {
                    samples.get(turn).add(time(connections.get(turn), entrants.get(turn).calls.get()));
                }
            }
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
        return samples;
    }

    private static long time(Connection connection, Call call) throws IOException {
        long start = System.nanoTime();
        connection.send(call).require();
        return System.nanoTime() - start;
    }

    Figure percentile(int percent, String name) {
        return Figure.of(name + ", p" + percent, "ms", values(percent, name));
    }

    Figure ratio(int percent, String name, String to) {
        return Figure.ratio(name + " / " + to + ", p" + percent, values(percent, name), values(percent, to));
    }

    private List<Double> values(int percent, String name) {
        Entrant entrant = entrants
            .stream()
            .filter(one -> one.name.equals(name))
            .findFirst()
            .orElseThrow();
        return entrant.rounds
            .stream()
            .map(sample -> sample.percentile(percent))
            .toList();
    }
}
