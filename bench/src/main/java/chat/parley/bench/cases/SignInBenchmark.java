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

/** How many people can sign in, beside how many of their password hashes the same processors can make. */
public final class SignInBenchmark implements Benchmark {

    private static final int PEOPLE = 8;
    private static final int HASHES_AT_ONCE = 2;
    private static final Duration ROUND = Duration.ofSeconds(6);
    private static final double AIM = 0.8;
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String name() {
        return "sign-in";
    }

    @Override
    public List<Figure> run(Suite suite, int rounds) throws IOException, InterruptedException {
        List<Supplier<Call>> callers = new ArrayList<>();
        List<Supplier<Call>> others = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            Person person = Person.register(suite, "bench-guest-" + i);
            Call signIn = person.signIn();
            Call look = person.get("/api/users/me");
            callers.add(() -> signIn);
            others.add(() -> look);
        }
        Load load = new Load(suite.gatewayPort(), callers);
        BareArgon2.run(HASHES_AT_ONCE, WarmUp.TRY);
        new Load(suite.gatewayPort(), others).run(WarmUp.TRY);
        // A hash is one loop, which is compiled in a moment; a sign-in is thousands of methods.
        WarmUp.run(() -> cpuOfSignIns(suite, load));
        Rounds all = new Rounds();
        for (int round = 0; round < rounds; round++) {
            all.add(BareArgon2.run(HASHES_AT_ONCE, ROUND));
            Duration before = cpu(suite);
            Load.Outcome outcome = load.run(ROUND);
            all.add(outcome, cpu(suite).minus(before));
        }
        return all.figures();
    }

    private static double cpuOfSignIns(Suite suite, Load load) throws IOException, InterruptedException {
        Duration before = cpu(suite);
        Load.Outcome outcome = load.run(WarmUp.TRY);
        return each(cpu(suite).minus(before), outcome);
    }

    private static Duration cpu(Suite suite) throws IOException {
        return suite.cpu("room-service").plus(suite.cpu("gateway"));
    }

    private static double each(Duration cpu, Load.Outcome outcome) {
        return cpu.toNanos() / NANOS_PER_MILLI / outcome.sample().size();
    }

    private static final class Rounds {

        private final List<Double> hashes = new ArrayList<>();
        private final List<Double> hashCpu = new ArrayList<>();
        private final List<Double> signIns = new ArrayList<>();
        private final List<Double> signInCpu = new ArrayList<>();
        private final List<Double> waits = new ArrayList<>();

        void add(BareArgon2.Outcome outcome) {
            hashes.add(outcome.perSecond());
            hashCpu.add(outcome.cpu());
        }

        void add(Load.Outcome outcome, Duration cpu) {
            signIns.add(outcome.perSecond());
            signInCpu.add(each(cpu, outcome));
            waits.add(outcome.sample().percentile(50));
        }

        List<Figure> figures() {
            return List.of(
                Figure.of("hashes, " + HASHES_AT_ONCE + " at once", "/s", hashes),
                Figure.of("hashes, CPU each", "ms", hashCpu),
                Figure.of("sign-ins, " + PEOPLE + " at once", "/s", signIns),
                Figure.of("sign-ins, CPU each (room-service and gateway)", "ms", signInCpu),
                Figure.of("sign-ins, p50", "ms", waits),
                Figure.ratio("sign-ins / hashes, by number", signIns, hashes).atLeast(AIM),
                Figure.ratio("sign-ins / hashes, by CPU", signInCpu, hashCpu)
            );
        }
    }
}
