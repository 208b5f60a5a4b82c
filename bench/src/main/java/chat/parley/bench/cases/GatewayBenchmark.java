package chat.parley.bench.cases;

import chat.parley.bench.figures.Figure;
import chat.parley.bench.http.Call;
import chat.parley.bench.suite.Crowd;
import chat.parley.bench.suite.Person;
import chat.parley.bench.suite.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The same call at room-service itself and through the gateway: what the one door costs. Beside it through a
 * {@link BareRelay}: what any door would.
 */
public final class GatewayBenchmark implements Benchmark {

    private static final double AIM = 1.5;
    private static final double MICROS_PER_MILLI = 1_000.0;

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public List<Figure> run(Suite suite, int rounds) throws IOException, InterruptedException {
        Person person = Person.register(suite, "bench-caller");
        Crowd crowd = new Crowd(suite);
        crowd.people(100);
        crowd.rooms(person, "through", 50, 10);
        crowd.settle();
        try (BareRelay relay = new BareRelay(suite.port("room-service"))) {
            List<Figure> figures = new ArrayList<>();
            figures.addAll(compare(suite, relay, rounds, "own profile", person.get("/api/users/me")));
            figures.addAll(compare(suite, relay, rounds, "50 rooms", person.get("/api/chat/rooms")));
            return figures;
        }
    }

    private static List<Figure> compare(Suite suite, BareRelay relay, int rounds, String what, Call call)
        throws IOException, InterruptedException {
        String direct = what + ", direct";
        String through = what + ", gateway";
        String relayed = what + ", bare relay";
        Contest contest = new Contest()
            .enter(direct, suite.port("room-service"), call)
            .enter(through, suite.gatewayPort(), call)
            .enter(relayed, relay.port(), call);
        WarmUp.run(() -> {
            Duration before = suite.cpu("gateway");
            int calls = contest.warmUp(WarmUp.TRY);
            return each(suite.cpu("gateway").minus(before), calls);
        });
        List<Double> gateway = new ArrayList<>();
        List<Double> room = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Duration gatewayBefore = suite.cpu("gateway");
            Duration roomBefore = suite.cpu("room-service");
            int calls = contest.run(1);
            gateway.add(each(suite.cpu("gateway").minus(gatewayBefore), calls));
            // Which has answered every call on each of the three ways.
            room.add(each(suite.cpu("room-service").minus(roomBefore), 3 * calls));
        }
        return List.of(
            contest.percentile(50, direct),
            contest.percentile(99, direct),
            contest.percentile(50, through),
            contest.percentile(99, through),
            Figure.of(what + ", CPU of gateway", "ms", gateway),
            Figure.of(what + ", CPU of room-service", "ms", room),
            contest.ratio(50, through, direct).atMost(AIM),
            contest.ratio(99, through, direct),
            contest.ratio(50, relayed, direct)
        );
    }

    private static double each(Duration cpu, int calls) {
        return cpu.toNanos() / MICROS_PER_MILLI / MICROS_PER_MILLI / calls;
    }
}
