package chat.parley.bench.cases;

import chat.parley.bench.figures.Figure;
import chat.parley.bench.http.Call;
import chat.parley.bench.suite.Person;
import chat.parley.bench.suite.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The same people, sending as fast as they are answered, into one room, where a write takes many messages, and all over
 * 200 rooms, where hardly any write takes two.
 */
public final class HotRoomBenchmark implements Benchmark {

    private static final int SENDERS = 64;
    private static final int ROOMS = 200;
    private static final String CONTENT = "Lorem ipsum ".repeat(25);
    private static final Duration ROUND = Duration.ofSeconds(6);

    @Override
    public String name() {
        return "hot-room";
    }

    @Override
    public List<Figure> run(Suite suite, int rounds) throws IOException, InterruptedException {
        List<Person> people = Person.registerAll(suite, "bench-hot-", SENDERS);
        Person first = people.getFirst();
        List<String> many = new ArrayList<>();
        for (int i = 0; i < ROOMS; i++) {
            many.add(first.opensRoom(suite, "bench " + i, people.subList(1, SENDERS)));
        }
        Run one = new Run("1 room", suite, people, many.subList(0, 1));
        Run all = new Run(ROOMS + " rooms", suite, people, many);
        one.warmUp();
        all.warmUp();
        for (int round = 0; round < rounds; round++) {
            one.measure();
            all.measure();
        }
        List<Figure> figures = new ArrayList<>(one.figures());
        figures.addAll(all.figures());
        figures.add(
            Figure.ratio(ROOMS + " rooms / 1 room, CPU of all a message", all.costs.all(), one.costs.all())
        );
        return figures;
    }

    private static final class Run {

        private final String what;
        private final Suite suite;
        private final Load load;
        private final Costs costs;
        private final List<Double> speeds = new ArrayList<>();
        private final List<Double> medians = new ArrayList<>();
        private final List<Double> worst = new ArrayList<>();
        private final List<Double> refusals = new ArrayList<>();

        Run(String what, Suite suite, List<Person> people, List<String> rooms) {
            this.what = what;
            this.suite = suite;
            this.load = new Load(
                suite.gatewayPort(),
                people
                    .stream()
                    .map(person -> senderIn(rooms, person, people.indexOf(person)))
                    .toList()
            );
            this.costs = new Costs(suite);
        }

        /** Begins where nobody else does. */
        private static Supplier<Call> senderIn(List<String> rooms, Person person, int start) {
            AtomicInteger next = new AtomicInteger(start);
            return () -> person.message(rooms.get(next.getAndIncrement() % rooms.size()), CONTENT);
        }

        void warmUp() throws IOException, InterruptedException {
            Costs early = new Costs(suite);
            WarmUp.run(() -> {
                early.begin();
                early.end(load.run(WarmUp.TRY).sample().size());
                return early.all().getLast();
            });
        }

        void measure() throws IOException, InterruptedException {
            costs.begin();
            Load.Outcome outcome = load.run(ROUND);
            costs.end(outcome.sample().size());
            speeds.add(outcome.perSecond());
            medians.add(outcome.sample().percentile(50));
            worst.add(outcome.sample().percentile(99));
            refusals.add((double) outcome.refusals());
        }

        List<Figure> figures() {
            List<Figure> figures = new ArrayList<>();
            figures.add(Figure.of(what + ", " + SENDERS + " senders, messages", "/s", speeds));
            figures.add(Figure.of(what + ", acknowledged, p50", "ms", medians));
            figures.add(Figure.of(what + ", acknowledged, p99", "ms", worst));
            figures.add(Figure.of(what + ", asked to come back later", "", refusals));
            figures.addAll(costs.figures(what));
            return figures;
        }
    }
}
