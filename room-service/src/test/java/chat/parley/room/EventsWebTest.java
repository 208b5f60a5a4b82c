package chat.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomEvent;
import chat.parley.contracts.room.RoomEvent.MemberAdded;
import chat.parley.contracts.room.RoomEvent.MemberRemoved;
import chat.parley.contracts.room.RoomEvent.MemberUpdated;
import chat.parley.contracts.room.RoomEvent.RoomCreated;
import chat.parley.contracts.room.RoomEvent.RoomDeleted;
import chat.parley.contracts.room.RoomEvent.RoomUpdated;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@RoomServiceTest
class EventsWebTest {

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
    void tellsALifeOfARoomInItsOrder() {
        String room = anna.opens("group");
        anna.puts("/api/chat/rooms/" + room, Map.of("topic", "News")).expectStatus().isOk();
        anna.adds(bert, room).expectStatus().isCreated();
        anna.makes(bert, "admin", room).expectStatus().isOk();
        anna.deletes("/api/chat/rooms/" + room).expectStatus().isNoContent();

        try (RoomTopic topic = new RoomTopic(consumers, room)) {
            List<RoomEvent> events = topic.eventually(heard -> heard.size() >= 8);

            assertThat(events)
                .extracting(event -> (Object) event.getClass())
                .containsExactly(
                    RoomCreated.class,
                    MemberAdded.class,
                    RoomUpdated.class,
                    MemberAdded.class,
                    MemberUpdated.class,
                    RoomDeleted.class,
                    MemberRemoved.class,
                    MemberRemoved.class
                );
            assertThat(((MemberAdded) events.get(3)).room().memberCount()).isEqualTo(2);
            assertThat(((MemberAdded) events.get(3)).member().user().id()).isEqualTo(bert.userId());
            assertThat(((MemberUpdated) events.get(4)).member().role()).isEqualTo(Role.ADMIN);
            assertThat(topic.keys()).contains(room, room + "/" + anna.id(), room + "/" + bert.id());
            assertThat(topic.partitions()).isEqualTo(1);
        }
    }

    @Test
    void namesTheSocketThatWantsNoEcho() {
        String room = anna.opens("group");
        api
            .put()
            .uri("/api/chat/rooms/" + room)
            .header("X-Socket-Id", "123.456")
            .headers(headers -> headers.setBearerAuth(anna.token()))
            .bodyValue(Map.of("topic", "Quiet"))
            .exchange()
            .expectStatus()
            .isOk();

        try (RoomTopic topic = new RoomTopic(consumers, room)) {
            List<RoomEvent> events = topic.eventually(heard -> heard.size() >= 3);

            assertThat(((RoomUpdated) events.get(2)).socketId()).isEqualTo("123.456");
        }
    }

    @Test
    void tellsNothingOfAChangeThatChangesNothing() {
        String room = anna.opens("group", bert);
        anna.puts("/api/chat/rooms/" + room, Map.of("name", "A group room")).expectStatus().isOk();
        anna.makes(bert, "member", room).expectStatus().isOk();
        anna.puts("/api/chat/rooms/" + room, Map.of("name", "Another")).expectStatus().isOk();

        try (RoomTopic topic = new RoomTopic(consumers, room)) {
            List<RoomEvent> events = topic.eventually(heard -> heard.size() >= 4);

            assertThat(events).hasSize(4);
            assertThat(((RoomUpdated) events.get(3)).room().name()).isEqualTo("Another");
        }
    }

    @Test
    void keepsTheOrderOfManyChangesInARow() {
        String room = anna.opens("group");
        List<String> topics = IntStream.range(0, 40)
            .mapToObj(i -> "Topic " + i)
            .toList();
        topics.forEach(topic ->
            anna.puts("/api/chat/rooms/" + room, Map.of("topic", topic)).expectStatus().isOk()
        );

        try (RoomTopic topic = new RoomTopic(consumers, room)) {
            List<RoomEvent> events = topic.eventually(heard -> heard.size() >= 42);

            assertThat(
                events
                    .stream()
                    .skip(2)
                    .map(event -> ((RoomUpdated) event).room().topic())
            ).isEqualTo(topics);
        }
    }

    @Test
    void tellsEachOfAThrongThatTheirRoomIsGone() {
        String room = anna.opens("group");
        database
            .sql(
                """
                WITH throng AS (
                    INSERT INTO users (id, username, name, search, created_at, updated_at)
                    SELECT id, 'throng-' || right(id::text, 20), 'Throng', ''::tsvector, now(), now()
                    FROM (SELECT uuidv7() AS id FROM generate_series(1, 2300)) ids
                    ON CONFLICT DO NOTHING
                    RETURNING id
                )
                INSERT INTO members (room_id, user_id, role, joined_at)
                SELECT :room, id, 'member', now() FROM throng
                """
            )
            .bind("room", UUID.fromString(room))
            .then()
            .block(Duration.ofSeconds(20));
        long members = database
            .sql("SELECT count(*) FROM members WHERE room_id = :room")
            .bind("room", UUID.fromString(room))
            .map(row -> row.get(0, Long.class))
            .one()
            .block(Duration.ofSeconds(20));

        anna.deletes("/api/chat/rooms/" + room).expectStatus().isNoContent();

        try (RoomTopic topic = new RoomTopic(consumers, room)) {
            List<RoomEvent> events = topic.eventually(heard -> heard.size() >= members + 3);
            assertThat(events.get(2)).isInstanceOf(RoomDeleted.class);
            assertThat(events.stream().skip(3))
                .allMatch(event -> event instanceof MemberRemoved)
                .extracting(event -> ((MemberRemoved) event).userId())
                .doesNotHaveDuplicates()
                .hasSize((int) members);
        }
    }

    @Test
    void forgetsWhatKafkaHas() {
        anna.opens("group", bert);

        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () ->
                    database
                        .sql("SELECT count(*) AS waiting FROM outbox")
                        .map(row -> row.get("waiting", Long.class))
                        .one()
                        .block(Duration.ofSeconds(5)),
                waiting -> waiting == 0
            );
    }
}
