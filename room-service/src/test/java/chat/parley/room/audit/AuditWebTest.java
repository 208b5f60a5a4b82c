package chat.parley.room.audit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.room.Person;
import chat.parley.room.Refusal;
import chat.parley.room.RoomServiceTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What the log says of what people do. */
@RoomServiceTest
class AuditWebTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private WebTestClient api;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private Verification verification;

    private Person anna;
    private Person bert;
    private Person cleo;

    @BeforeEach
    void threePeople() {
        List<Person> people = Person.called(api, "Anna", "Bert", "Cleo");
        anna = people.get(0);
        bert = people.get(1);
        cleo = people.get(2);
    }

    @Test
    void saysWhoDidWhatToWhom() {
        String room = anna.opens("public", bert);
        cleo.joins(room).expectStatus().isCreated();
        anna.makes(bert, "admin", room).expectStatus().isOk();
        anna
            .puts("/api/chat/rooms/" + room, Map.of("topic", "News", "retention_days", 30))
            .expectStatus()
            .isOk();
        bert.removes(cleo, room).expectStatus().isNoContent();
        bert.adds(cleo, room).expectStatus().isCreated();
        bert.leaves(room).expectStatus().isNoContent();
        anna.deletes("/api/chat/rooms/" + room).expectStatus().isNoContent();

        assertThat(entriesOf(room)).containsExactly(
            entry(anna, "room_created"),
            entry(anna, "member_joined", anna, "admin"),
            entry(anna, "member_added", bert, "member"),
            entry(cleo, "member_joined", cleo, "member"),
            entry(anna, "member_role_changed", bert, "admin"),
            new Entry(anna.id(), "room_changed", null, null, "topic,retention_days"),
            entry(bert, "member_removed", cleo, null),
            entry(bert, "member_added", cleo, "member"),
            entry(bert, "member_left", bert, null),
            entry(anna, "room_deleted")
        );
    }

    @Test
    void saysWhoOpenedAConversationAndWhoCameBack() {
        String room = anna.opens("private", bert);
        bert.leaves(room).expectStatus().isNoContent();
        anna.opens("private", bert);
        anna.opens("private", bert);

        assertThat(entriesOf(room)).containsExactlyInAnyOrder(
            entry(anna, "room_created"),
            entry(anna, "member_joined", anna, "admin"),
            entry(anna, "member_added", bert, "admin"),
            entry(bert, "member_left", bert, null),
            entry(anna, "member_added", bert, "admin")
        );
    }

    @Test
    void saysThatAGroupEndedWithItsLastMember() {
        String room = anna.opens("group");
        anna.leaves(room).expectStatus().isNoContent();

        assertThat(entriesOf(room)).endsWith(
            entry(anna, "member_left", anna, null),
            entry(anna, "room_deleted")
        );
    }

    @Test
    void saysNothingOfWhatFailedOrChangedNothing() {
        String room = anna.opens("group", bert);
        List<Entry> before = entriesOf(room);

        Refusal.of(bert.adds(cleo, room), 403, "forbidden");
        Refusal.of(anna.adds(bert, room), 409, "already_member");
        Refusal.of(anna.leaves(room), 409, "last_admin");
        Refusal.of(anna.makes(anna, "member", room), 409, "last_admin");
        Refusal.of(bert.deletes("/api/chat/rooms/" + room), 403, "forbidden");
        Refusal.of(bert.puts("/api/chat/rooms/" + room, Map.of("topic", "Mine")), 403, "forbidden");
        Refusal.of(anna.removes(cleo, room), 404, "not_found");
        anna.makes(bert, "member", room).expectStatus().isOk();
        anna.puts("/api/chat/rooms/" + room, Map.of("name", "A group room")).expectStatus().isOk();

        assertThat(entriesOf(room)).isEqualTo(before);
    }

    @Test
    void nothingHappensThatCannotBeWrittenDown() {
        String room = anna.opens("group", bert);
        run("ALTER TABLE audit_log ADD CONSTRAINT refused CHECK (room_id <> '" + room + "') NOT VALID");
        try {
            assertThat(
                anna.adds(cleo, room).returnResult(Void.class).getStatus().is5xxServerError()
            ).isTrue();
            assertThat(
                anna.removes(bert, room).returnResult(Void.class).getStatus().is5xxServerError()
            ).isTrue();
            assertThat(
                anna
                    .deletes("/api/chat/rooms/" + room)
                    .returnResult(Void.class)
                    .getStatus()
                    .is5xxServerError()
            ).isTrue();
        } finally {
            run("ALTER TABLE audit_log DROP CONSTRAINT refused");
        }

        assertThat(anna.sees(room).get("member_count").asInt()).isEqualTo(2);
    }

    @Test
    void namesTheRequest() {
        String request = "audit-" + UUID.randomUUID();
        String room = anna.opens("public");
        api
            .post()
            .uri("/api/chat/rooms/" + room + "/members")
            .headers(headers -> headers.setBearerAuth(bert.token()))
            .header("X-Request-Id", request)
            .bodyValue(Map.of("user_id", bert.id()))
            .exchange()
            .expectStatus()
            .isCreated();

        assertThat(
            strings("SELECT member_id::text FROM audit_log WHERE request_id = '" + request + "'")
        ).containsExactly(bert.id());
    }

    @Test
    void givesEveryEntryItsPlaceSoon() {
        String room = anna.opens("group", bert, cleo);

        awaitPlaces();

        assertThat(
            strings("SELECT 'placed' FROM audit_log WHERE position IS NOT NULL AND room_id = '" + room + "'")
        ).hasSize(4);
    }

    private void awaitPlaces() {
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> strings("SELECT 'waits' FROM audit_log WHERE position IS NULL").isEmpty());
    }

    /**
     * Many people do what comes to their mind, all at once. Whatever was answered with success is in the log once, and
     * whoever replays a room's entries in their order has its members and their roles as they are.
     */
    @Test
    void isCompleteWhateverPeopleDoAtTheSameTime() {
        long seed = new Random().nextLong();
        System.out.println("seed of the audited crowd: " + seed);
        List<Person> crowd = Person.called(api, "P1", "P2", "P3", "P4", "P5");
        List<String> rooms = List.of(anna.opens("public"), anna.opens("public"), anna.opens("public"));
        Map<String, ConcurrentLinkedQueue<Entry>> done = new ConcurrentHashMap<>();
        rooms.forEach(room -> done.put(room, new ConcurrentLinkedQueue<>()));
        rooms.forEach(room -> done.get(room).add(entry(anna, "room_created")));
        rooms.forEach(room -> done.get(room).add(entry(anna, "member_joined", anna, "admin")));

        List<Person> everybody = Stream.concat(crowd.stream(), Stream.of(anna)).toList();
        Flux.range(0, everybody.size())
            .flatMap(
                i ->
                    Mono.fromRunnable(() ->
                        wander(everybody.get(i), new Random(seed + i), everybody, done)
                    ).subscribeOn(Schedulers.boundedElastic()),
                everybody.size()
            )
            .blockLast(PATIENCE);

        awaitPlaces();
        assertThat(verification.run(null).block(PATIENCE).text()).contains(" entries, intact; head ");
        rooms.forEach(room -> {
            List<Entry> log = entriesOf(room);
            assertThat(log).as("seed " + seed).containsExactlyInAnyOrderElementsOf(done.get(room));
            assertThat(replayed(log)).as("seed " + seed).isEqualTo(membersOf(room));
        });
    }

    private static void wander(
        Person person,
        Random random,
        List<Person> everybody,
        Map<String, ConcurrentLinkedQueue<Entry>> done
    ) {
        List<String> rooms = done.keySet().stream().sorted().toList();
        IntStream.range(0, 25).forEach(step -> {
            String room = rooms.get(random.nextInt(rooms.size()));
            Person other = everybody.get(random.nextInt(everybody.size()));
            Entry entry = act(person, random, other, room);
            if (entry != null) {
                done.get(room).add(entry);
            }
        });
    }

    /** What should be in the log after it; null for what did not work out. */
    private static Entry act(Person person, Random random, Person other, String room) {
        boolean oneself = person == other;
        return switch (random.nextInt(5)) {
            case 0 -> did(person.joins(room), role -> entry(person, "member_joined", person, role));
            case 1 -> oneself
                ? null
                : did(person.adds(other, room), role -> entry(person, "member_added", other, role));
            case 2 -> did(person.leaves(room), _ -> entry(person, "member_left", person, null));
            case 3 -> oneself
                ? null
                : did(person.removes(other, room), _ -> entry(person, "member_removed", other, null));
            default -> {
                String topic = "topic " + random.nextLong();
                yield did(person.puts("/api/chat/rooms/" + room, Map.of("topic", topic)), _ ->
                    new Entry(person.id(), "room_changed", null, null, "topic")
                );
            }
        };
    }

    private static Entry did(ResponseSpec answer, Function<String, Entry> entry) {
        var result = answer.expectBody(String.class).returnResult();
        if (!result.getStatus().is2xxSuccessful()) {
            assertThat(result.getStatus().is4xxClientError()).isTrue();
            return null;
        }
        String body = result.getResponseBody();
        String role = body == null ? "" : body.replaceAll("(?s).*\"role\":\"(\\w+)\".*", "$1");
        return entry.apply(role);
    }

    private static Map<String, String> replayed(List<Entry> log) {
        Map<String, String> members = new HashMap<>();
        for (Entry entry : log) {
            switch (entry.action) {
                case "member_joined", "member_added" -> {
                    assertThat(members).doesNotContainKey(entry.member);
                    members.put(entry.member, entry.role);
                }
                case "member_left", "member_removed" -> assertThat(members.remove(entry.member)).isNotNull();
                default -> {}
            }
        }
        return members;
    }

    private Map<String, String> membersOf(String room) {
        Map<String, String> members = new HashMap<>();
        strings("SELECT user_id::text || ' ' || role FROM members WHERE room_id = '" + room + "'").forEach(
            line -> members.put(line.split(" ")[0], line.split(" ")[1])
        );
        return members;
    }

    /** In the order of their places; those that wait for theirs at the end. */
    private List<Entry> entriesOf(String room) {
        return database
            .sql(
                """
                SELECT actor::text, action, member_id::text AS member, role, fields FROM audit_log
                WHERE room_id = :room::uuid ORDER BY position NULLS LAST, arrival
                """
            )
            .bind("room", room)
            .map(row ->
                new Entry(
                    row.get("actor", String.class),
                    row.get("action", String.class),
                    row.get("member", String.class),
                    row.get("role", String.class),
                    row.get("fields", String.class)
                )
            )
            .all()
            .collectList()
            .block(PATIENCE);
    }

    private List<String> strings(String sql) {
        return new ArrayList<>(
            database
                .sql(sql)
                .map(row -> row.get(0, String.class))
                .all()
                .collectList()
                .block(PATIENCE)
        );
    }

    private void run(String sql) {
        database.sql(sql).then().block(PATIENCE);
    }

    private static Entry entry(Person actor, String action) {
        return new Entry(actor.id(), action, null, null, null);
    }

    private static Entry entry(Person actor, String action, Person member, String role) {
        return new Entry(actor.id(), action, member.id(), role, null);
    }

    private record Entry(String actor, String action, String member, String role, String fields) {}
}
