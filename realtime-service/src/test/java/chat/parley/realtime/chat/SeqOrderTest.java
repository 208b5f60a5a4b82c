package chat.parley.realtime.chat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageDeleted;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.contracts.message.MessageEvent.MessagesImported;
import chat.parley.realtime.ChatEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class SeqOrderTest {

    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final RoomId room = RoomId.random();
    private final UserId ada = UserId.random();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<String> heard = new ArrayList<>();
    private final SeqOrder order = new SeqOrder(time, PATIENCE, 2, 5, event -> heard.add(name(event)));

    private static String name(MessageEvent event) {
        return switch (event) {
            case MessageSent sent -> "sent " + sent.message().seq();
            case MessageDeleted deleted -> "deleted " + deleted.seq();
            default -> throw new AssertionError(event);
        };
    }

    private void arrives(long... seqs) {
        for (long seq : seqs) {
            order.accept(ChatEvents.sent(room, seq, ada));
        }
    }

    private void isDeleted(long seq) {
        order.accept(
            new MessageDeleted(
                EventId.random(),
                Instant.EPOCH,
                null,
                room,
                new MessageId(room, seq),
                seq,
                ada
            )
        );
    }

    @Test
    void letsPassWhatComesInOrder() {
        arrives(7, 8, 9);

        assertThat(heard).containsExactly("sent 7", "sent 8", "sent 9");
    }

    @Test
    void holdsWhatIsEarlyUntilTheOneBeforeHasCome() {
        arrives(1, 4, 3);
        assertThat(heard).containsExactly("sent 1");

        arrives(2);
        assertThat(heard).containsExactly("sent 1", "sent 2", "sent 3", "sent 4");
    }

    @Test
    void waitsNoLongerThanItsPatience() {
        arrives(1, 4, 3);

        time.advanceTimeBy(PATIENCE.minusMillis(1));
        assertThat(heard).containsExactly("sent 1");
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(heard).containsExactly("sent 1", "sent 3", "sent 4");
        arrives(5);
        assertThat(heard).endsWith("sent 5");
    }

    @Test
    void letsPassWhatIsLateOrRepeated() {
        arrives(5, 4, 5, 6);

        assertThat(heard).containsExactly("sent 5", "sent 4", "sent 5", "sent 6");
    }

    @Test
    void tellsOfWhatBefellAMessageAfterTheMessage() {
        arrives(1, 3);
        isDeleted(3);
        assertThat(heard).containsExactly("sent 1");

        arrives(2);
        assertThat(heard).containsExactly("sent 1", "sent 2", "sent 3", "deleted 3");
    }

    @Test
    void letsGoOfAllWhenTooManyWait() {
        arrives(1, 10, 9, 8, 7);
        assertThat(heard).containsExactly("sent 1");

        arrives(6);
        assertThat(heard).containsExactly("sent 1", "sent 6", "sent 7", "sent 8", "sent 9", "sent 10");
    }

    @Test
    void aPatienceThatWasNotNeededDoesNotEndTheNextOne() {
        arrives(1, 3);
        time.advanceTimeBy(Duration.ofMillis(40));
        arrives(2, 5);

        time.advanceTimeBy(Duration.ofMillis(20));
        assertThat(heard).doesNotContain("sent 5");
        time.advanceTimeBy(Duration.ofMillis(30));
        assertThat(heard).endsWith("sent 5");
    }

    @Test
    void beginsAnywhereInARoomThatNobodyHeardMeanwhile() {
        arrives(1);
        order.forget(room);

        arrives(90);

        assertThat(heard).containsExactly("sent 1", "sent 90");
    }

    @Test
    void goesOnBehindWhatWasImportedWithoutWaiting() {
        arrives(1);
        isImported(2, 640);

        arrives(641);

        assertThat(heard).containsExactly("sent 1", "sent 641");
    }

    @Test
    void letsGoOfWhatWaitedForAnImport() {
        arrives(1, 641, 643);
        isImported(2, 640);
        assertThat(heard).containsExactly("sent 1", "sent 641");

        arrives(642);
        assertThat(heard).containsExactly("sent 1", "sent 641", "sent 642", "sent 643");
    }

    @Test
    void isNotSetBackByAnImportThatIsHeardAgain() {
        isImported(1, 64);
        arrives(65, 66);
        isImported(1, 64);

        arrives(67);

        assertThat(heard).containsExactly("sent 65", "sent 66", "sent 67");
    }

    private void isImported(long first, long last) {
        order.accept(new MessagesImported(EventId.random(), Instant.EPOCH, room, first, last, Instant.EPOCH));
    }

    @Test
    void keepsRoomsApart() {
        RoomId other = RoomId.random();
        arrives(1, 3);

        order.accept(ChatEvents.sent(other, 77, ada));

        assertThat(heard).containsExactly("sent 1", "sent 77");
    }
}
