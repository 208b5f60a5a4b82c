package chat.parley.bench.cases;

import chat.parley.bench.cases.Conversation.Sender;
import chat.parley.bench.figures.Figure;
import chat.parley.bench.sockets.Audience;
import chat.parley.bench.suite.Person;
import chat.parley.bench.suite.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A message's whole way: sent through the gateway, acknowledged, and heard by everybody in the room over their sockets,
 * through the gateway too. What all processes together have to do for it stands beside what ejabberd needs for a room that it
 * archives in PostgreSQL, measured in the same two loops.
 */
public final class DeliveryBenchmark implements Benchmark {

    private static final int PEOPLE = 100;
    private static final Duration ROUND = Duration.ofSeconds(8);

    @Override
    public String name() {
        return "delivery";
    }

    @Override
    public List<Figure> run(Suite suite, int rounds) throws IOException, InterruptedException {
        List<Person> people = Person.registerAll(suite, "bench-listener-", PEOPLE);
        List<Figure> figures = new ArrayList<>();
        figures.addAll(new Hall(1, 100, 16, 193, 6.1).measure(suite, people, rounds));
        figures.addAll(new Hall(50, 10, 50, 1_124, 1.13).measure(suite, people, rounds));
        return figures;
    }

    /**
     * @param size sockets a room, each of somebody else
     * @param senders who send at once
     * @param peerSpeed ejabberd's messages a second
     * @param peerCpu its milliseconds a message
     */
    private record Hall(int rooms, int size, int senders, double peerSpeed, double peerCpu) {
        String title() {
            return rooms + " x " + size;
        }

        List<Figure> measure(Suite suite, List<Person> people, int rounds)
            throws IOException, InterruptedException {
            try (Audience audience = new Audience(suite.gatewayPort())) {
                List<Sender> talking = seat(suite, audience, people);
                Conversation conversation = new Conversation(suite.gatewayPort(), audience, talking);
                Costs early = new Costs(suite);
                WarmUp.run(() -> {
                    early.begin();
                    early.end(conversation.run(WarmUp.TRY).delivered().size());
                    return early.all().getLast();
                });
                return measure(suite, conversation, audience, rounds);
            }
        }

        /** Everybody is in as many rooms as it takes, with a socket for each; nobody sends in two. */
        private List<Sender> seat(Suite suite, Audience audience, List<Person> people)
            throws IOException, InterruptedException {
            List<Sender> talking = new ArrayList<>();
            for (int room = 0; room < rooms; room++) {
                List<Person> members = new ArrayList<>();
                for (int seat = 0; seat < size; seat++) {
                    members.add(people.get((room * size + seat) % people.size()));
                }
                Person first = members.getFirst();
                String id = first.opensRoom(suite, title() + " " + room, members.subList(1, size));
                for (Person member : members) {
                    audience.join(member, id);
                }
                int table = (room * size) / people.size();
                for (int sender = 0; sender < senders / rooms; sender++) {
                    talking.add(new Sender(members.get((table + sender) % size), id, size));
                }
            }
            return talking;
        }

        private List<Figure> measure(Suite suite, Conversation conversation, Audience audience, int rounds)
            throws IOException, InterruptedException {
            List<Double> speeds = new ArrayList<>();
            List<Double> acknowledged = new ArrayList<>();
            List<Double> delivered = new ArrayList<>();
            List<Double> worst = new ArrayList<>();
            List<Double> strays = new ArrayList<>();
            Costs costs = new Costs(suite);
            for (int round = 0; round < rounds; round++) {
                long straysBefore = audience.strays();
                costs.begin();
                Conversation.Outcome outcome = conversation.run(ROUND);
                costs.end(outcome.delivered().size());
                speeds.add(outcome.perSecond());
                acknowledged.add(outcome.acknowledged().percentile(50));
                delivered.add(outcome.delivered().percentile(50));
                worst.add(outcome.delivered().percentile(99));
                strays.add((double) (audience.strays() - straysBefore));
            }
            List<Figure> figures = new ArrayList<>();
            figures.add(Figure.of(title() + ", messages", "/s", speeds).atLeast(peerSpeed));
            figures.add(Figure.of(title() + ", acknowledged, p50", "ms", acknowledged));
            figures.add(Figure.of(title() + ", heard by all, p50", "ms", delivered));
            figures.add(Figure.of(title() + ", heard by all, p99", "ms", worst));
            figures.add(Figure.of(title() + ", heard once too often", "", strays));
            figures.addAll(costs.figures(title()));
            figures.set(figures.size() - 1, costs.total(title()).atMost(peerCpu));
            return figures;
        }
    }
}
