package chat.parley.bench.cases;

import chat.parley.bench.figures.Figure;
import chat.parley.bench.suite.Crowd;
import chat.parley.bench.suite.Person;
import chat.parley.bench.suite.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What somebody with 500 rooms, five of them of 10,000 people, waits for, beside somebody with five small rooms. Compared are
 * answers of the same length: pages of five, since the second has no more.
 */
public final class RoomsBenchmark implements Benchmark {

    private static final int CROWD = 10_000;
    private static final int HUGE_ROOMS = 5;
    private static final int SMALL_ROOMS = 495;
    private static final int SMALL = 9;
    private static final double AIM = 2.0;

    @Override
    public String name() {
        return "rooms";
    }

    @Override
    public List<Figure> run(Suite suite, int rounds) throws IOException {
        Person many = Person.register(suite, "bench-many");
        Person few = Person.register(suite, "bench-few");
        Crowd crowd = new Crowd(suite);
        crowd.people(CROWD);
        crowd.rooms(many, "huge", HUGE_ROOMS, CROWD - 1);
        crowd.rooms(many, "small", SMALL_ROOMS, SMALL);
        crowd.rooms(few, "five", HUGE_ROOMS, SMALL);
        crowd.settle();
        List<Figure> figures = new ArrayList<>();
        figures.addAll(lists(suite, rounds, many, few));
        figures.addAll(members(suite, rounds, many, few));
        return figures;
    }

    private static List<Figure> lists(Suite suite, int rounds, Person many, Person few) throws IOException {
        String five = "/api/chat/rooms?limit=5";
        int port = suite.gatewayPort();
        Contest contest = new Contest()
            .enter("5 of 5 rooms", port, few.get(five))
            .enter("5 of 5 rooms again", port, few.get(five))
            .enter("5 of 500 rooms", port, many.get(five))
            .enter("50 of 500 rooms", port, many.get("/api/chat/rooms"));
        contest.warmUp().run(rounds);
        return List.of(
            contest.percentile(50, "5 of 5 rooms"),
            contest.percentile(99, "5 of 5 rooms"),
            contest.percentile(50, "5 of 500 rooms"),
            contest.percentile(99, "5 of 500 rooms"),
            contest.percentile(50, "50 of 500 rooms"),
            contest.percentile(99, "50 of 500 rooms"),
            contest.ratio(99, "5 of 5 rooms again", "5 of 5 rooms"),
            contest.ratio(50, "5 of 500 rooms", "5 of 5 rooms").atMost(AIM),
            contest.ratio(99, "5 of 500 rooms", "5 of 5 rooms").atMost(AIM),
            contest.ratio(99, "50 of 500 rooms", "5 of 5 rooms")
        );
    }

    private static List<Figure> members(Suite suite, int rounds, Person many, Person few) throws IOException {
        String huge = members(suite, many, "huge");
        String small = members(suite, few, "five");
        int port = suite.gatewayPort();
        String first = "?limit=5";
        String found = "&q=" + nameOfOne(suite, few, small);
        Contest contest = new Contest()
            .enter("5 of 10 members", port, few.get(small + first))
            .enter("5 of 10,000 members", port, many.get(huge + first))
            .enter(
                "5 from the middle of 10,000",
                port,
                many.get(huge + first + cursorInTheMiddle(suite, many, huge))
            )
            .enter("1 found of 10", port, few.get(small + first + found))
            .enter("1 found of 10,000", port, many.get(huge + first + found));
        contest.warmUp().run(rounds);
        return List.of(
            contest.percentile(99, "5 of 10 members"),
            contest.percentile(99, "5 of 10,000 members"),
            contest.percentile(99, "5 from the middle of 10,000"),
            contest.percentile(99, "1 found of 10"),
            contest.percentile(99, "1 found of 10,000"),
            contest.ratio(99, "5 of 10,000 members", "5 of 10 members").atMost(AIM),
            contest.ratio(99, "5 from the middle of 10,000", "5 of 10 members").atMost(AIM),
            contest.ratio(99, "1 found of 10,000", "1 found of 10").atMost(AIM)
        );
    }

    /** The path of the members of one of their rooms whose names begin so. */
    private static String members(Suite suite, Person person, String prefix) throws IOException {
        JsonNode page = Person.send(suite.gatewayPort(), person.get("/api/chat/rooms?limit=100"));
        for (JsonNode room : page.get("data")) {
            if (room.get("name").asString().startsWith(prefix)) {
                return "/api/chat/rooms/" + room.get("id").asString() + "/members";
            }
        }
        throw new IOException("no room of " + person.username() + " is called " + prefix);
    }

    /** A word that nobody else in the crowd has. */
    private static String nameOfOne(Suite suite, Person person, String members) throws IOException {
        JsonNode page = Person.send(suite.gatewayPort(), person.get(members + "?limit=10"));
        String name = page.at("/data/9/user/name").asString();
        return name.substring(name.indexOf(' ') + 1);
    }

    private static String cursorInTheMiddle(Suite suite, Person person, String members) throws IOException {
        String cursor = "";
        for (int pages = 0; pages < CROWD / 200; pages++) {
            JsonNode page = Person.send(suite.gatewayPort(), person.get(members + "?limit=100" + cursor));
            cursor = "&cursor=" + page.get("next_cursor").asString();
        }
        return cursor;
    }
}
