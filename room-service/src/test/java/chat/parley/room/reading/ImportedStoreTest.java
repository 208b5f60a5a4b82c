package chat.parley.room.reading;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageRead;
import chat.parley.contracts.message.MessageEvent.MessagesImported;
import chat.parley.room.Person;
import chat.parley.room.RoomServiceTest;
import chat.parley.room.SentMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What messages from elsewhere do to the counts of those who are in the room. */
@RoomServiceTest
class ImportedStoreTest {

    private static final Instant LONG_AGO = Instant.parse("2004-11-15T12:18:00Z");

    @Autowired
    private WebTestClient api;

    @Autowired
    private ReadMarkers markers;

    private Person anna;
    private Person bert;
    private RoomId room;

    @BeforeEach
    void twoInARoom() {
        List<Person> people = Person.called(api, "Anna", "Bert");
        anna = people.get(0);
        bert = people.get(1);
        room = RoomId.of(anna.opens("group", bert));
    }

    @Test
    void nobodyHasThemToRead() {
        heard(imported(1, 64), imported(65, 640));
        heard(imported(65, 640));

        assertThat(lastSeq(anna)).isEqualTo(640);
        assertThat(unread(anna)).isZero();
        assertThat(unread(bert)).isZero();
    }

    @Test
    void whoHadSomethingToReadStillHas() {
        heard(SentMessages.sent(new MessageId(room, 1), anna.userId(), LONG_AGO), imported(2, 65));

        assertThat(unread(anna)).isZero();
        assertThat(unread(bert)).isEqualTo(65);

        heard(read(65));
        heard(imported(66, 70));

        assertThat(unread(bert)).isZero();
    }

    private void heard(MessageEvent... events) {
        markers.advance(Activity.of(List.of(events))).block(Duration.ofSeconds(30));
    }

    private MessageEvent imported(long first, long last) {
        return new MessagesImported(EventId.random(), LONG_AGO, room, first, last, LONG_AGO);
    }

    private MessageEvent read(long seq) {
        return new MessageRead(
            EventId.random(),
            LONG_AGO,
            null,
            room,
            new MessageId(room, seq),
            seq,
            bert.userId()
        );
    }

    private long unread(Person person) {
        return person.sees(room.toString()).path("unread_count").asLong();
    }

    private long lastSeq(Person person) {
        return person.sees(room.toString()).path("last_seq").asLong();
    }
}
