package chat.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.room.RoomEvent;
import chat.parley.contracts.room.RoomEvent.MemberRemoved;
import chat.parley.contracts.room.RoomEvent.MemberUpdated;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** How a new name or picture reaches others. */
@RoomServiceTest
class ProfilesWebTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    private WebTestClient api;

    @Autowired
    private ConsumerFactory<String, byte[]> consumers;

    @Autowired
    private DatabaseClient database;

    private Person anna;
    private Person bert;

    @BeforeEach
    void twoPeople() {
        anna = Person.called("Anna", api);
        bert = Person.called("Bert", api);
    }

    @Test
    void showsANewNameToOtherMembersAtOnce() {
        String room = anna.opens("group", bert);

        anna.puts("/api/users/me", Map.of("name", "Annabel")).expectStatus().isOk();

        assertThat(
            Person.each(Person.json(bert.gets("/api/chat/rooms/" + room + "/members")), "/user/name")
        ).contains("Annabel");
        assertThat(
            Person.each(Person.json(bert.gets("/api/chat/rooms/" + room + "/members?q=annabel")), "/user/id")
        ).containsExactly(anna.id());
        assertThat(Person.each(Person.json(bert.gets("/api/users?q=annabel&limit=100")), "/id")).contains(
            anna.id()
        );
    }

    @Test
    void tellsARoomOfAMembersNewName() {
        String room = anna.opens("group", bert);

        bert.puts("/api/users/me", Map.of("name", "Bertrand")).expectStatus().isOk();

        try (RoomTopic topic = new RoomTopic(consumers, room)) {
            List<RoomEvent> events = topic.eventually(heard -> endsWith(heard, MemberUpdated.class));

            MemberUpdated updated = (MemberUpdated) events.getLast();
            assertThat(updated.member().user().name()).isEqualTo("Bertrand");
            assertThat(updated.member().user().id()).isEqualTo(bert.userId());
            assertThat(topic.keys().getLast()).isEqualTo(room + "/" + bert.id());
        }
    }

    @Test
    void tellsNothingOfAProfileThatStaysTheSame() {
        String room = anna.opens("group", bert);

        bert.puts("/api/users/me", Map.of("name", "Bert")).expectStatus().isOk();
        bert.puts("/api/users/me", Map.of()).expectStatus().isOk();

        assertThat(waiting(bert)).isZero();
        bert.leaves(room).expectStatus().isNoContent();
        try (RoomTopic topic = new RoomTopic(consumers, room)) {
            assertThat(topic.eventually(heard -> endsWith(heard, MemberRemoved.class))).noneMatch(event ->
                event instanceof MemberUpdated
            );
        }
    }

    @Test
    void tellsAllRoomsOfSomebodyWhoIsInFiveHundred() {
        database
            .sql(
                """
                WITH opened AS (
                    INSERT INTO rooms (id, type, name, created_at, updated_at, member_count, search, sort_name)
                    SELECT gen_random_uuid(), 'group', 'Many ' || n, now(), now(), 1, '', 'many'
                    FROM generate_series(1, 500) n
                    RETURNING id
                )
                INSERT INTO members (room_id, user_id, role, joined_at)
                SELECT id, :user, 'admin', now() FROM opened
                """
            )
            .bind("user", UUID.fromString(anna.id()))
            .then()
            .block(PATIENCE);
        List<String> rooms = database
            .sql("SELECT room_id FROM members WHERE user_id = :user ORDER BY room_id")
            .bind("user", UUID.fromString(anna.id()))
            .map(row -> row.get("room_id", UUID.class).toString())
            .all()
            .collectList()
            .block(PATIENCE);

        anna.puts("/api/users/me", Map.of("name", "Annabel")).expectStatus().isOk();
        anna.puts("/api/users/me", Map.of("name", "Annalena")).expectStatus().isOk();

        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> waiting(anna) == 0);
        assertThat(rooms).hasSize(500);
        for (String room : List.of(
            rooms.get(0),
            rooms.get(19),
            rooms.get(20),
            rooms.get(250),
            rooms.get(499)
        )) {
            try (RoomTopic topic = new RoomTopic(consumers, room)) {
                List<RoomEvent> events = topic.eventually(
                    heard ->
                        !heard.isEmpty() &&
                        heard.getLast() instanceof MemberUpdated updated &&
                        updated.member().user().name().equals("Annalena")
                );
                assertThat(events).hasSizeLessThanOrEqualTo(2);
            }
        }
    }

    private static boolean endsWith(List<RoomEvent> heard, Class<? extends RoomEvent> type) {
        return !heard.isEmpty() && type.isInstance(heard.getLast());
    }

    private long waiting(Person person) {
        return database
            .sql("SELECT count(*) AS waiting FROM changed_profiles WHERE user_id = :user")
            .bind("user", UUID.fromString(person.id()))
            .map(row -> row.get("waiting", Long.class))
            .one()
            .block(PATIENCE);
    }
}
