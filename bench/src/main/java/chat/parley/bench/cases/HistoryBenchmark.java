package chat.parley.bench.cases;

import chat.parley.bench.figures.Figure;
import chat.parley.bench.http.Call;
import chat.parley.bench.suite.Past;
import chat.parley.bench.suite.Past.Said;
import chat.parley.bench.suite.Person;
import chat.parley.bench.suite.Suite;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What a page of history and a message cost in rooms of any size: the same. */
public final class HistoryBenchmark implements Benchmark {

    private static final int SMALL = 100;
    private static final int[] SIZES = { SMALL, 10_000, 1_000_000 };

    // Many, so that what is sent while this is measured does not make a small room a large one.
    private static final int SMALL_ROOMS = 30;
    private static final int STORED_PAGE = 64;
    /** Behind more than the fifty that are shown, and not the last. */
    private static final int PLACE_IN_PAGE = 60;
    private static final double AIM = 1.3;
    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final String CONTENT = "Lorem ipsum ".repeat(25);
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @Override
    public String name() {
        return "history";
    }

    @Override
    public List<Figure> run(Suite suite, int rounds) throws IOException, InterruptedException {
        Person person = Person.register(suite, "bench-historian");
        List<Sized> rooms = new ArrayList<>();
        for (int size : SIZES) {
            rooms.add(Sized.fill(suite, person, size, size == SMALL ? SMALL_ROOMS : 1));
        }
        List<Figure> figures = new ArrayList<>();
        figures.addAll(compare(suite, rounds, "newest page", rooms, room -> room.page("")));
        figures.addAll(
            compare(suite, rounds, "page before the middle", rooms, room ->
                room.page("?before=" + room.middle())
            )
        );
        figures.addAll(
            compare(suite, rounds, "page around the middle", rooms, room ->
                room.page("?around=" + room.middle())
            )
        );
        warmUpSending(suite, person);
        figures.addAll(compare(suite, rounds, "message", rooms, Sized::message));
        return figures;
    }

    /** In a room that is not measured. */
    private static void warmUpSending(Suite suite, Person person) throws IOException, InterruptedException {
        String room = person.opensRoom(suite, "warm-up", List.of());
        new Load(suite.gatewayPort(), List.of(() -> person.message(room, CONTENT))).run(WARM_UP);
    }

    private interface Kind {
        Call next(Sized room);
    }

    private static List<Figure> compare(Suite suite, int rounds, String what, List<Sized> rooms, Kind kind)
        throws IOException, InterruptedException {
        Contest contest = new Contest();
        List<Costs> costs = new ArrayList<>();
        for (Sized room : rooms) {
            contest.enter(room.titled(what), suite.gatewayPort(), () -> kind.next(room));
            costs.add(new Costs(suite));
        }
        if (!what.equals("message")) {
            contest.warmUp();
        }
        contest.run(rounds);
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < rooms.size(); i++) {
                Sized room = rooms.get(i);
                Supplier<Call> next = () -> kind.next(room);
                costs.get(i).begin();
                Load.Outcome outcome = new Load(suite.gatewayPort(), List.of(next)).run(ROUND);
                costs.get(i).end(outcome.sample().size());
            }
        }
        return figures(what, rooms, contest, costs);
    }

    private static List<Figure> figures(String what, List<Sized> rooms, Contest contest, List<Costs> costs) {
        String first = rooms.getFirst().titled(what);
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < rooms.size(); i++) {
            String name = rooms.get(i).titled(what);
            figures.add(contest.percentile(50, name));
            figures.add(contest.percentile(99, name));
            figures.add(Figure.of(name + ", CPU of all", "ms", costs.get(i).all()));
        }
        for (int i = 1; i < rooms.size(); i++) {
            String name = rooms.get(i).titled(what);
            figures.add(contest.ratio(50, name, first).atMost(AIM));
            figures.add(
                Figure.ratio(
                    name + " / " + first + ", CPU of all",
                    costs.get(i).all(),
                    costs.getFirst().all()
                ).atMost(AIM)
            );
        }
        return figures;
    }

    /** One room of a size, or several that take turns. */
    private record Sized(Person person, int size, List<String> rooms, AtomicInteger turns) {
        static Sized fill(Suite suite, Person person, int size, int number) throws IOException {
            Past past = new Past(suite.port("message-service"));
            List<String> rooms = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                String room = person.opensRoom(suite, size + " messages " + i, List.of());
                past.of(
                    room,
                    person,
                    IntStream.range(0, size)
                        .mapToObj(seq -> new Said(person.id(), LONG_AGO.plusSeconds(seq), CONTENT))
                        .iterator()
                );
                rooms.add(room);
            }
            return new Sized(person, size, rooms, new AtomicInteger());
        }

        String titled(String what) {
            return what + String.format(Locale.ROOT, " of %,d", size);
        }

        // At the same place within a stored page whatever the size: what crosses from one stored page
        // to the next, or begins with one, costs a look at both, in a small room as in a large one.
        int middle() {
            return ((size / 2) / STORED_PAGE) * STORED_PAGE + PLACE_IN_PAGE;
        }

        private String next() {
            return rooms.get(turns.getAndIncrement() % rooms.size());
        }

        Call page(String query) {
            return person.get("/api/chat/rooms/" + next() + "/messages" + query);
        }

        Call message() {
            return person.message(next(), CONTENT);
        }
    }
}
