package chat.parley.presence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.UserId;
import chat.parley.contracts.connection.ConnectionEvent;
import chat.parley.contracts.connection.ConnectionEvent.ConnectionClosed;
import chat.parley.contracts.connection.ConnectionEvent.ConnectionIdentified;
import chat.parley.contracts.connection.ConnectionEvent.TypingWhispered;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.contracts.message.MessageType;
import chat.parley.contracts.message.SealedContent;
import chat.parley.contracts.message.SealedMessage;
import chat.parley.contracts.presence.PresenceEvent;
import chat.parley.contracts.presence.PresenceEvent.TypingStarted;
import chat.parley.contracts.presence.PresenceEvent.TypingStopped;
import chat.parley.contracts.presence.PresenceEvent.UserOffline;
import chat.parley.contracts.presence.PresenceEvent.UserOnline;
import chat.parley.contracts.room.RoomType;
import chat.parley.service.kafka.EventPublisher;
import chat.parley.service.kafka.EventPublisher.Outgoing;
import chat.parley.testing.rooms.FakeRooms;
import chat.parley.testing.rooms.TestTokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;

/** From the realtime nodes' events to what the service tells. */
@RunningPresence
class PresenceJourneyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final EventCodec<ConnectionEvent> CONNECTIONS = EventCodec.of(ConnectionEvent.class);
    private static final EventCodec<MessageEvent> MESSAGES = EventCodec.of(MessageEvent.class);

    @Autowired
    FakeRooms rooms;

    @Autowired
    EventPublisher publisher;

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Autowired
    MeterRegistry meters;

    @LocalServerPort
    int port;

    private PresenceTopic topic;
    private UserId anna;
    private UserId bert;
    private RoomId room;

    @BeforeEach
    void listen() {
        topic = new PresenceTopic(consumers);
        anna = rooms.user("anna");
        bert = rooms.user("bert");
        room = rooms.room(RoomType.GROUP, anna, bert);
    }

    @AfterEach
    void hangUp() {
        topic.close();
    }

    @Test
    void tellsARoomWhoComesAndGoes() {
        tell(new ConnectionIdentified(EventId.random(), Instant.now(), "node-a", "1.1", anna));
        PresenceEvent online = topic.await(1, this::isAboutAnna).getFirst();
        assertThat(online).isInstanceOfSatisfying(UserOnline.class, event ->
            assertThat(event.roomIds()).containsExactly(room)
        );

        tell(new ConnectionClosed(EventId.random(), Instant.now(), "node-a", "1.1", anna));
        PresenceEvent offline = topic.await(2, this::isAboutAnna).getLast();
        assertThat(offline).isInstanceOfSatisfying(UserOffline.class, event ->
            assertThat(event.roomIds()).containsExactly(room)
        );
    }

    @Test
    void takesUsersOfASilentNodeOffline() {
        tell(new ConnectionIdentified(EventId.random(), Instant.now(), "node-that-dies", "1.1", anna));

        List<PresenceEvent> told = topic.await(2, this::isAboutAnna);

        assertThat(told.getFirst()).isInstanceOf(UserOnline.class);
        assertThat(told.getLast()).isInstanceOf(UserOffline.class);
    }

    @Test
    void tellsLaterWhatRoomServiceCouldNotBeAskedAbout() {
        rooms.fail(true);
        tell(new ConnectionIdentified(EventId.random(), Instant.now(), "node-a", "1.1", anna));
        type(bert, true, 503);
        rooms.fail(false);

        assertThat(topic.await(1, this::isAboutAnna).getFirst()).isInstanceOf(UserOnline.class);
    }

    @Test
    void tellsOnceThatSomebodyTypesAndThatItEndsByItself() {
        whisper(anna, true);
        whisper(anna, true);
        type(anna, true);

        List<PresenceEvent> told = topic.await(2, this::isTyping);

        assertThat(told.getFirst()).isInstanceOf(TypingStarted.class);
        assertThat(told.getLast()).isInstanceOf(TypingStopped.class);
        assertThat(told).hasSize(2);
    }

    @Test
    void endsTypingAtAWord() {
        type(anna, true);
        type(anna, false);
        type(anna, true);
        type(anna, false);

        assertThat(topic.await(4, this::isTyping))
            .extracting(Object::getClass)
            .containsExactly(
                TypingStarted.class,
                TypingStopped.class,
                TypingStarted.class,
                TypingStopped.class
            );
    }

    @Test
    void endsTypingAtTheMessage() {
        Instant begin = Instant.now();
        type(anna, true);
        topic.await(1, this::isTyping);

        tell(messageOf(anna));

        PresenceEvent end = topic.await(2, this::isTyping).getLast();
        assertThat(end).isInstanceOf(TypingStopped.class);
        assertThat(Duration.between(begin, end.at())).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void laysARecordAsideThatIsNoEventAndGoesOn() {
        tell(new Outgoing(Topic.MESSAGES, room.toString(), room.toString(), new byte[] { '{' }, Map.of()));
        awaitOne(meters.counter("parley.deadletters", "topic", Topic.MESSAGES.wireName()));

        whisper(anna, true);

        assertThat(topic.await(1, this::isTyping).getFirst()).isInstanceOf(TypingStarted.class);
    }

    @Test
    void hearsNoWhisperOfSomebodyWhoIsNoMember() {
        UserId stranger = rooms.user("stranger");
        whisper(stranger, true);
        whisper(anna, true);

        assertThat(topic.await(1, this::isTyping))
            .extracting(Object::toString)
            .noneMatch(event -> event.contains(stranger.toString()));
    }

    private void whisper(UserId user, boolean typing) {
        tell(new TypingWhispered(EventId.random(), Instant.now(), "node-a", room, user, typing));
    }

    private void type(UserId user, boolean typing) {
        type(user, typing, 204);
    }

    private void type(UserId user, boolean typing, int status) {
        WebTestClient.bindToServer()
            .baseUrl("http://127.0.0.1:" + port)
            .responseTimeout(PATIENCE)
            .build()
            .post()
            .uri("/api/chat/rooms/{room}/typing", room)
            .headers(headers -> headers.setBearerAuth(TestTokens.of(user)))
            .contentType(MediaType.APPLICATION_JSON)
            .bodyValue(Map.of("typing", typing))
            .exchange()
            .expectStatus()
            .isEqualTo(status);
    }

    private void tell(ConnectionEvent event) {
        publisher
            .publish(Topic.CONNECTIONS, event.key(), event.partitionKey(), CONNECTIONS.write(event), Map.of())
            .block(PATIENCE);
    }

    private void tell(MessageSent event) {
        tell(
            new Outgoing(Topic.MESSAGES, event.key(), event.partitionKey(), MESSAGES.write(event), Map.of())
        );
    }

    private void tell(Outgoing record) {
        publisher.publish(List.of(record)).block(PATIENCE);
    }

    private static void awaitOne(Counter counter) {
        Flux.interval(Duration.ofMillis(50))
            .filter(_ -> counter.count() == 1)
            .next()
            .block(PATIENCE);
    }

    private MessageSent messageOf(UserId author) {
        Instant now = Instant.now();
        MessageSnapshot message = new MessageSnapshot(
            new MessageId(room, 1),
            room,
            1,
            author,
            "hi",
            MessageType.TEXT,
            null,
            0,
            null,
            List.of(),
            List.of(),
            List.of(),
            null,
            now,
            now,
            null,
            null
        );
        return new MessageSent(
            EventId.random(),
            now,
            null,
            room,
            SealedMessage.of(message, SealedContent.NONE)
        );
    }

    private boolean isAboutAnna(PresenceEvent event) {
        return event.key().equals(anna.toString());
    }

    private boolean isTyping(PresenceEvent event) {
        return event.key().equals(room.toString());
    }
}
