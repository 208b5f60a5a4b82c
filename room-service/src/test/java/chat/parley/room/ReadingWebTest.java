package chat.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageRead;
import chat.parley.contracts.room.RoomEvent.RoomRead;
import chat.parley.service.kafka.EventPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

@RoomServiceTest
class ReadingWebTest {

    private static final EventCodec<MessageEvent> CODEC = EventCodec.of(MessageEvent.class);
    private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");

    @Autowired
    private WebTestClient api;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private ConsumerFactory<String, byte[]> consumers;

    private Person anna;
    private Person bert;
    private String room;

    @BeforeEach
    void twoPeopleInARoom() {
        anna = Person.called("Anna", api);
        bert = Person.called("Bert", api);
        room = anna.opens("group", bert);
    }

    @Test
    void countsWhatOthersHaveSaidAsUnread() {
        sends(anna, 1);
        sends(anna, 2);

        JsonNode forBert = eventually(bert, seen -> seen.get("last_seq").asLong() == 2);

        assertThat(forBert.get("unread_count").asLong()).isEqualTo(2);
        assertThat(forBert.get("last_message_at").asString()).isEqualTo("2027-01-01T00:00:02.000Z");
        assertThat(anna.sees(room).get("unread_count").asLong()).isZero();
        assertThat(anna.sees(room).get("last_read_seq").asLong()).isEqualTo(2);
    }

    @Test
    void movesAReadMarkerAndTellsTheOtherDevices() {
        sends(anna, 1);
        sends(anna, 2);
        sends(anna, 3);
        reads(bert, 2);

        JsonNode forBert = eventually(bert, seen -> seen.get("last_read_seq").asLong() == 2);

        assertThat(forBert.get("unread_count").asLong()).isEqualTo(1);
        try (RoomTopic topic = new RoomTopic(consumers, room)) {
            topic.eventually(heard ->
                heard
                    .stream()
                    .anyMatch(
                        event ->
                            event instanceof RoomRead read &&
                            read.userId().equals(bert.userId()) &&
                            read.lastReadSeq() == 2
                    )
            );
            assertThat(topic.keys()).contains(room + "/" + bert.id() + "/read");
        }
    }

    @Test
    void neverMovesAnythingBack() {
        sends(anna, 1);
        sends(anna, 2);
        reads(bert, 2);
        eventually(bert, seen -> seen.get("last_read_seq").asLong() == 2);

        sends(anna, 1);
        reads(bert, 1);
        sends(bert, 3);

        JsonNode forAnna = eventually(anna, seen -> seen.get("last_seq").asLong() == 3);
        assertThat(forAnna.get("last_read_seq").asLong()).isEqualTo(2);
        assertThat(bert.sees(room).get("last_read_seq").asLong()).isEqualTo(3);
        assertThat(marker(bert)).isEqualTo(3);
    }

    @Test
    void passesOverRecordsThatNobodyCanRead() {
        publish("{\"type\":\"message.sent\",\"event".getBytes(StandardCharsets.UTF_8));
        publish("{\"type\":\"message.unheard_of\"}".getBytes(StandardCharsets.UTF_8));
        sends(anna, 1);

        eventually(bert, seen -> seen.get("last_seq").asLong() == 1);
    }

    @Test
    void countsWhatWasSaidBeforeSomebodyCameAsRead() {
        sends(anna, 1);
        sends(anna, 2);
        eventually(anna, seen -> seen.get("last_seq").asLong() == 2);
        Person cleo = Person.called("Cleo", api);

        anna.adds(cleo, room).expectStatus().isCreated();

        assertThat(cleo.sees(room).get("unread_count").asLong()).isZero();
        sends(anna, 3);
        eventually(cleo, seen -> seen.get("unread_count").asLong() == 1);
    }

    @Test
    void showsMembersHowFarEverybodyHasRead() {
        sends(anna, 1);
        reads(bert, 1);
        eventually(bert, seen -> seen.get("last_read_seq").asLong() == 1);

        JsonNode reads = Person.json(anna.gets("/api/chat/rooms/" + room + "/reads").expectStatus().isOk());

        assertThat(Person.each(reads, "/user_id")).containsExactlyInAnyOrder(anna.id(), bert.id());
        assertThat(Person.each(reads, "/last_read_seq")).containsExactly("1", "1");
        assertThat(reads.at("/data/0").propertyNames()).containsExactlyInAnyOrder(
            "user_id",
            "last_read_seq",
            "last_read_at"
        );
    }

    @Test
    void givesTheMarkersOfManyPageByPage() {
        List<Person> others = Person.called(api, "Cleo", "Dora", "Emil");
        others.forEach(other -> anna.adds(other, room).expectStatus().isCreated());
        List<String> found = new ArrayList<>();
        String cursor = "";

        while (cursor != null) {
            JsonNode page = Person.json(anna.gets("/api/chat/rooms/" + room + "/reads?limit=2" + cursor));
            assertThat(page.get("data").size()).isBetween(1, 2);
            found.addAll(Person.each(page, "/user_id"));
            cursor = page.get("next_cursor").isNull()
                ? null
                : "&cursor=" + page.get("next_cursor").asString();
        }

        assertThat(found)
            .doesNotHaveDuplicates()
            .hasSize(5)
            .contains(anna.id(), bert.id(), others.getLast().id());
        Refusal.of(anna.gets("/api/chat/rooms/" + room + "/reads?cursor=x"), 400, "malformed_request");
        Refusal.of(anna.gets("/api/chat/rooms/" + room + "/reads?limit=0"), 400, "malformed_request");
    }

    @Test
    void hasNothingUnreadForWhoOnlyVisits() {
        room = anna.opens("public", bert);
        sends(anna, 1);
        sends(anna, 2);
        eventually(bert, seen -> seen.get("last_seq").asLong() == 2);
        Person visitor = Person.called("Cleo", api);

        JsonNode seen = visitor.sees(room);

        assertThat(seen.get("role").isNull()).isTrue();
        assertThat(seen.get("last_seq").asLong()).isEqualTo(seen.get("last_read_seq").asLong());
        assertThat(seen.get("unread_count").asLong()).isZero();
        Refusal.of(visitor.gets("/api/chat/rooms/" + room + "/reads"), 403, "forbidden");
        Refusal.of(visitor.gets("/api/chat/rooms/" + room + "/members"), 403, "forbidden");
    }

    @Test
    void putsTheRoomWithTheLatestMessageFirst() {
        String other = anna.opens("group");
        sends(bert, 1);

        eventually(anna, seen -> seen.get("last_seq").asLong() == 1);

        assertThat(Person.each(Person.json(anna.gets("/api/chat/rooms")), "/id")).containsExactly(
            room,
            other
        );
    }

    private long marker(Person person) {
        JsonNode reads = Person.json(anna.gets("/api/chat/rooms/" + room + "/reads"));
        return reads
            .get("data")
            .valueStream()
            .filter(read -> read.get("user_id").asString().equals(person.id()))
            .mapToLong(read -> read.get("last_read_seq").asLong())
            .findFirst()
            .orElseThrow();
    }

    private JsonNode eventually(Person person, Predicate<JsonNode> wanted) {
        return Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> person.sees(room), wanted);
    }

    private void sends(Person author, long seq) {
        MessageId message = new MessageId(RoomId.of(room), seq);
        publish(CODEC.write(SentMessages.sent(message, author.userId(), START.plusSeconds(seq))));
    }

    private void reads(Person reader, long seq) {
        RoomId roomId = RoomId.of(room);
        publish(
            CODEC.write(
                new MessageRead(
                    EventId.random(),
                    START.plusSeconds(seq),
                    null,
                    roomId,
                    new MessageId(roomId, seq),
                    seq,
                    reader.userId()
                )
            )
        );
    }

    private void publish(byte[] event) {
        publisher.publish(Topic.MESSAGES, room, room, event, Map.of()).block(Duration.ofSeconds(20));
    }
}
