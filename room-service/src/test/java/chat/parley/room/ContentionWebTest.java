package chat.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** The rules of rooms and members, while everybody does everything at the same time. Each round names its seed. */
@RoomServiceTest
class ContentionWebTest {

    private static final int ROUNDS = 15;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private WebTestClient api;

    @Autowired
    private DatabaseClient database;

    private long seed;
    private Random random;

    @BeforeEach
    void nameTheSeed(RepetitionInfo round) {
        seed = Long.getLong("parley.test.seed", System.nanoTime());
        random = new Random(seed);
        System.out.printf("ContentionWebTest round %d: seed %d%n", round.getCurrentRepetition(), seed);
    }

    @RepeatedTest(ROUNDS)
    void aPairHasOneRoomHoweverOftenAndFromWhicheverSideItIsOpened() {
        List<Person> pair = Person.called(api, "Anna", "Bert");
        AtOnce openings = new AtOnce(random);
        IntStream.range(0, 8).forEach(i ->
            openings.add(() -> opensWith(pair.get(i % 2), pair.get(1 - (i % 2))))
        );

        List<ResponseSpec> answers = openings.run();

        List<Integer> statuses = answers.stream().map(AtOnce::status).toList();
        assertThat(statuses).as("seed %d", seed).containsOnly(200, 201).containsOnlyOnce(201);
        assertThat(roomsOf(pair)).as("seed %d", seed).hasSize(1);
        String room = roomsOf(pair).getFirst();
        for (Person person : pair) {
            JsonNode seen = person.sees(room);
            assertThat(seen.get("member_count").asInt()).isEqualTo(2);
            assertThat(seen.get("role").asString()).isEqualTo("admin");
            assertThat(Person.each(Person.json(person.gets("/api/chat/rooms")), "/id")).containsExactly(room);
        }
    }

    @RepeatedTest(ROUNDS)
    void aPairHasOneRoomAlsoWhileTheTwoLeaveItAndDeleteIt() {
        List<Person> pair = Person.called(api, "Anna", "Bert");
        String room = Person.json(opensWith(pair.getFirst(), pair.getLast())).get("id").asString();
        AtOnce deeds = new AtOnce(random);
        for (int i = 0; i < 10; i++) {
            Person one = pair.get(random.nextInt(2));
            Person other = one == pair.getFirst() ? pair.getLast() : pair.getFirst();
            deeds.add(
                switch (random.nextInt(4)) {
                    case 0 -> () -> one.leaves(room);
                    case 1 -> () -> one.deletes("/api/chat/rooms/" + room);
                    default -> () -> opensWith(one, other);
                }
            );
        }

        List<ResponseSpec> answers = deeds.run();

        assertThat(answers.stream().map(AtOnce::status)).as("seed %d", seed).containsAnyOf(200, 201, 204);
        assertThat(answers.stream().map(AtOnce::status))
            .as("seed %d", seed)
            .allMatch(status -> status < 500);
        assertThat(roomsOf(pair)).as("seed %d", seed).hasSizeLessThanOrEqualTo(1);
        opensWith(pair.getLast(), pair.getFirst()).expectStatus().is2xxSuccessful();
        assertThat(roomsOf(pair)).as("seed %d", seed).hasSize(1);
        assertCountIsRight(roomsOf(pair).getFirst());
        assertThat(membersOf(roomsOf(pair).getFirst())).hasSize(2).containsOnly("admin");
    }

    @RepeatedTest(ROUNDS)
    void aRoomThatHasMembersHasAnAdmin() {
        List<Person> admins = Person.called(api, "Anna", "Bert", "Cleo");
        Person plain = Person.called("Dora", api);
        Person founder = admins.getFirst();
        String type = random.nextBoolean() ? "group" : "public";
        String room = founder.opens(type, admins.get(1), admins.get(2), plain);
        admins
            .stream()
            .skip(1)
            .forEach(person -> founder.makes(person, "admin", room).expectStatus().isOk());
        AtOnce deeds = new AtOnce(random);
        // Everybody wants everybody out, themselves included; nobody of them may be let have it.
        for (Person one : admins) {
            for (Person other : admins) {
                deeds.add(deed(one, other, room));
            }
        }

        List<ResponseSpec> answers = deeds.run();

        assertThat(answers.stream().map(AtOnce::status))
            .as("seed %d", seed)
            .allMatch(List.of(200, 204, 403, 404, 409)::contains);
        List<String> roles = membersOf(room);
        assertThat(roles).as("seed %d", seed).contains("admin", "member");
        assertCountIsRight(room);
    }

    private Callable<ResponseSpec> deed(Person one, Person other, String room) {
        return switch (random.nextInt(3)) {
            case 0 -> () -> one.makes(other, "member", room);
            case 1 -> () -> one.removes(other, room);
            default -> () -> one.leaves(room);
        };
    }

    @RepeatedTest(ROUNDS)
    void theLastOfSeveralWhoLeaveAtOnceTakesAGroupAlong() {
        List<Person> people = Person.called(api, "Anna", "Bert", "Cleo");
        Person founder = people.getFirst();
        String room = founder.opens("group", people.get(1), people.get(2));
        people
            .stream()
            .skip(1)
            .forEach(person -> founder.makes(person, "admin", room).expectStatus().isOk());
        AtOnce leaving = new AtOnce(random);
        people.forEach(person -> leaving.add(() -> person.leaves(room)));

        List<ResponseSpec> answers = leaving.run();

        assertThat(answers.stream().map(AtOnce::status)).as("seed %d", seed).containsOnly(204);
        assertThat(membersOf(room)).as("seed %d", seed).isEmpty();
        Refusal.of(founder.gets("/api/chat/rooms/" + room), 404, "not_found");
    }

    @RepeatedTest(ROUNDS)
    void whoComesSeveralTimesAtOnceIsInOnce() {
        Person admin = Person.called("Anna", api);
        List<Person> comers = Person.called(api, "Bert", "Cleo");
        String room = admin.opens("public");
        AtOnce coming = new AtOnce(random);
        for (int i = 0; i < 5; i++) {
            boolean byThemself = random.nextBoolean();
            comers.forEach(comer ->
                coming.add(() -> (byThemself ? comer.joins(room) : admin.adds(comer, room)))
            );
        }

        List<ResponseSpec> answers = coming.run();

        for (int comer = 0; comer < comers.size(); comer++) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = comer; i < answers.size(); i += comers.size()) {
                statuses.add(AtOnce.status(answers.get(i)));
            }
            assertThat(statuses).as("seed %d", seed).containsOnly(201, 409).containsOnlyOnce(201);
        }
        assertThat(membersOf(room)).as("seed %d", seed).hasSize(3);
        assertCountIsRight(room);
        Refusal.of(comers.getFirst().joins(room), 409, "already_member");
    }

    @RepeatedTest(ROUNDS)
    void membersAreCountedRightWhileTheyComeAndGo() {
        Person admin = Person.called("Anna", api);
        List<Person> others = Person.called(api, "Bert", "Cleo", "Dora");
        String room = admin.opens("public", others.getFirst());
        AtOnce deeds = new AtOnce(random);
        for (int i = 0; i < 14; i++) {
            Person one = others.get(random.nextInt(others.size()));
            deeds.add(
                switch (random.nextInt(4)) {
                    case 0 -> () -> one.leaves(room);
                    case 1 -> () -> admin.removes(one, room);
                    case 2 -> () -> admin.adds(one, room);
                    default -> () -> one.joins(room);
                }
            );
        }

        List<ResponseSpec> answers = deeds.run();

        assertThat(answers.stream().map(AtOnce::status))
            .as("seed %d", seed)
            .allMatch(List.of(201, 204, 403, 404, 409)::contains);
        assertCountIsRight(room);
        assertThat(admin.sees(room).get("member_count").asInt()).isEqualTo(membersOf(room).size());
    }

    private static ResponseSpec opensWith(Person one, Person other) {
        return one.posts("/api/chat/rooms", Map.of("type", "private", "member_ids", List.of(other.id())));
    }

    private void assertCountIsRight(String room) {
        Long counted = database
            .sql("SELECT member_count FROM rooms WHERE id = :room")
            .bind("room", UUID.fromString(room))
            .map(row -> row.get(0, Long.class))
            .one()
            .block(PATIENCE);
        assertThat(counted).as("seed %d", seed).isEqualTo(membersOf(room).size());
    }

    private List<String> membersOf(String room) {
        return strings("SELECT role FROM members WHERE room_id = :a AND :b IS NOT NULL", room, room);
    }

    private List<String> roomsOf(List<Person> pair) {
        return strings(
            "SELECT id::text FROM rooms WHERE pair_low IN (:a, :b) AND pair_high IN (:a, :b)",
            pair.getFirst().id(),
            pair.getLast().id()
        );
    }

    private List<String> strings(String sql, String a, String b) {
        return database
            .sql(sql)
            .bind("a", UUID.fromString(a))
            .bind("b", UUID.fromString(b))
            .map(row -> Objects.requireNonNull(row.get(0, String.class)))
            .all()
            .collectList()
            .block(PATIENCE);
    }
}
