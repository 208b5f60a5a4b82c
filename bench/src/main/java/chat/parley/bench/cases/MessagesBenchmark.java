package chat.parley.bench.cases;

import chat.parley.bench.figures.Figure;
import chat.parley.bench.http.Call;
import chat.parley.bench.suite.Person;
import chat.parley.bench.suite.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Twenty people who talk at once in one room, as fast as they are answered; and what a message costs whom. */
public final class MessagesBenchmark implements Benchmark {

    private static final int PEOPLE = 20;
    private static final String CONTENT = "Lorem ipsum ".repeat(25);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration ROUND = Duration.ofSeconds(8);

    @Override
    public String name() {
        return "messages";
    }

    @Override
    public List<Figure> run(Suite suite, int rounds) throws IOException, InterruptedException {
        List<Person> people = Person.registerAll(suite, "bench-talker-", PEOPLE);
        String room = people.getFirst().opensRoom(suite, "bench", people.subList(1, PEOPLE));
        List<Supplier<Call>> callers = new ArrayList<>();
        people.forEach(person -> callers.add(() -> person.message(room, CONTENT)));
        Load load = new Load(suite.gatewayPort(), callers);
        load.run(WARM_UP);
        return measure(suite, load, rounds);
    }

    private static List<Figure> measure(Suite suite, Load load, int rounds)
        throws IOException, InterruptedException {
        List<Double> speeds = new ArrayList<>();
        List<Double> medians = new ArrayList<>();
        List<Double> worst = new ArrayList<>();
        List<Double> refusals = new ArrayList<>();
        Costs costs = new Costs(suite);
        for (int round = 0; round < rounds; round++) {
            costs.begin();
            Load.Outcome outcome = load.run(ROUND);
            costs.end(outcome.sample().size());
            speeds.add(outcome.perSecond());
            medians.add(outcome.sample().percentile(50));
            worst.add(outcome.sample().percentile(99));
            refusals.add((double) outcome.refusals());
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("messages, " + PEOPLE + " senders, one room", "/s", speeds));
        figures.add(Figure.of("messages, p50", "ms", medians));
        figures.add(Figure.of("messages, p99", "ms", worst));
        figures.add(Figure.of("messages, asked to come back later", "", refusals));
        figures.addAll(costs.figures("messages"));
        return figures;
    }
}
