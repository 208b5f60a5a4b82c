package chat.parley.bench.cases;

import chat.parley.bench.figures.Figure;
import chat.parley.bench.http.Call;
import chat.parley.bench.suite.Person;
import chat.parley.bench.suite.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Twenty people who talk at once in one room, as fast as they are answered; and what a message costs whom. */
public final class MessagesBenchmark implements Benchmark {

    private static final int PEOPLE = 20;
    private static final String CONTENT = "Lorem ipsum ".repeat(25);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration ROUND = Duration.ofSeconds(8);
    private static final List<String> COMPONENTS = List.of(
        "gateway",
        "message-service",
        "room-service",
        "realtime-service",
        "presence-service",
        "media-service",
        "mongodb",
        "kafka"
    );

    @Override
    public String name() {
        return "messages";
    }

    @Override
    public List<Figure> run(Suite suite, int rounds) throws IOException, InterruptedException {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(Person.register(suite, "bench-talker-" + i));
        }
        String path = "/api/chat/rooms/" + room(suite, people) + "/messages";
        List<Supplier<Call>> callers = new ArrayList<>();
        people.forEach(person -> callers.add(() -> message(person, path)));
        Load load = new Load(suite.gatewayPort(), callers);
        load.run(WARM_UP);
        return measure(suite, load, rounds);
    }

    private static String room(Suite suite, List<Person> people) throws IOException {
        List<String> others = people.stream().skip(1).map(Person::id).toList();
        Map<String, Object> room = Map.of("type", "group", "name", "bench", "member_ids", others);
        return Person.send(suite.gatewayPort(), people.getFirst().post("/api/chat/rooms", room))
            .get("id")
            .asString();
    }

    private static Call message(Person person, String path) {
        return person.post(path, Map.of("content", CONTENT, "client_id", UUID.randomUUID().toString()));
    }

    private static List<Figure> measure(Suite suite, Load load, int rounds)
        throws IOException, InterruptedException {
        List<Double> speeds = new ArrayList<>();
        List<Double> medians = new ArrayList<>();
        List<Double> worst = new ArrayList<>();
        Map<String, List<Double>> costs = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            Map<String, Duration> before = cpu(suite);
            Load.Outcome outcome = load.run(ROUND);
            cpu(suite).forEach((component, after) -> {
                Duration cost = after.minus(before.getOrDefault(component, Duration.ZERO));
                costs
                    .computeIfAbsent(component, _ -> new ArrayList<>())
                    .add(cost.toNanos() / 1e6 / outcome.sample().size());
            });
            speeds.add(outcome.perSecond());
            medians.add(outcome.sample().percentile(50));
            worst.add(outcome.sample().percentile(99));
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("messages, " + PEOPLE + " senders, one room", "/s", speeds));
        figures.add(Figure.of("messages, p50", "ms", medians));
        figures.add(Figure.of("messages, p99", "ms", worst));
        costs.forEach((component, values) ->
            figures.add(Figure.of("CPU of " + component + " a message", "ms", values))
        );
        return figures;
    }

    private static Map<String, Duration> cpu(Suite suite) throws IOException {
        Map<String, Duration> times = new LinkedHashMap<>();
        for (String component : COMPONENTS) {
            times.put(component, suite.cpu(component));
        }
        return times;
    }
}
