package chat.parley.room.reading;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageDeleted;
import chat.parley.contracts.message.MessageEvent.MessageRead;
import chat.parley.contracts.message.MessageEvent.MessagesImported;
import chat.parley.room.SentMessages;
import chat.parley.room.reading.Activity.Member;
import chat.parley.room.reading.Activity.Newest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActivityTest {

    private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");

    private final RoomId room = RoomId.random();
    private final UserId anna = UserId.random();
    private final UserId bert = UserId.random();

    @Test
    void keepsTheNewestMessageOfARoomInWhateverOrderItIsTold() {
        Activity activity = Activity.of(List.of(sent(anna, 2), sent(bert, 3), sent(anna, 1)));

        assertThat(activity.newest()).containsOnlyKeys(room);
        assertThat(activity.newest().get(room)).isEqualTo(new Newest(3, START.plusSeconds(3)));
    }

    @Test
    void takesAMessageAsReadByItsAuthorWithoutTellingSo() {
        Activity activity = Activity.of(List.of(sent(anna, 1), sent(anna, 4), sent(bert, 2)));

        assertThat(activity.read().get(new Member(room, anna)).seq()).isEqualTo(4);
        assertThat(activity.read().get(new Member(room, bert)).seq()).isEqualTo(2);
        assertThat(activity.announced(new Member(room, anna))).isEmpty();
    }

    @Test
    void tellsOfTheFarthestPlaceThatSomebodyHasRead() {
        Activity activity = Activity.of(List.of(read(anna, 5, "1.2"), read(anna, 3, "3.4"), sent(bert, 6)));

        assertThat(activity.announced(new Member(room, anna))).hasValueSatisfying(read -> {
            assertThat(read.seq()).isEqualTo(5);
            assertThat(read.at()).isEqualTo(START.plusSeconds(5));
        });
    }

    @Test
    void makesNothingOfASystemMessagesAuthorOrADeletion() {
        Activity activity = Activity.of(List.of(sent(null, 7), deleted(8)));

        assertThat(activity.read()).isEmpty();
        assertThat(activity.newest().get(room).seq()).isEqualTo(7);
        assertThat(Activity.of(List.of(deleted(8))).isEmpty()).isTrue();
    }

    @Test
    void takesWhatWasImportedAsOneRunWhereNothingWasSaidBetween() {
        Activity activity = Activity.of(
            List.of(
                imported(1, 64),
                imported(65, 128),
                imported(65, 128),
                sent(anna, 129),
                imported(130, 140)
            )
        );

        assertThat(activity.newest().get(room)).isEqualTo(new Newest(140, START));
        assertThat(activity.rounds()).containsExactly(
            List.of(new Activity.Run(room, 1, 128)),
            List.of(new Activity.Run(room, 130, 140))
        );
    }

    private MessageEvent imported(long first, long last) {
        return new MessagesImported(EventId.random(), START, room, first, last, START);
    }

    private MessageEvent sent(@Nullable UserId author, long seq) {
        return SentMessages.sent(new MessageId(room, seq), author, START.plusSeconds(seq));
    }

    private MessageEvent read(UserId reader, long seq, String socketId) {
        return new MessageRead(
            EventId.random(),
            START.plusSeconds(seq),
            socketId,
            room,
            new MessageId(room, seq),
            seq,
            reader
        );
    }

    private MessageEvent deleted(long seq) {
        return new MessageDeleted(EventId.random(), START, null, room, new MessageId(room, seq), seq, anna);
    }
}
