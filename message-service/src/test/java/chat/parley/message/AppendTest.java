package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.message.OutboxEntry.Reply;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AppendTest {

    private static final Append.Writer ME = new Append.Writer("me", TestKeys.FIXED.sealer());
    private static final Instant NOW = Instant.parse("2026-11-22T10:20:30.456Z");

    private final PageId first = new PageId(RoomId.random(), 0);

    @Test
    void numbersMessagesFromOneWithoutHolesAcrossPages() {
        var page = append(Page.empty(first), Drafts.many(64)).after();
        var next = append(Page.empty(first.next()), Drafts.many(3)).after();

        assertThat(page.messages())
            .extracting(Message::seq)
            .containsExactlyElementsOf(LongStream.rangeClosed(1, 64).boxed().toList());
        assertThat(page.isFull()).isTrue();
        assertThat(next.messages()).extracting(Message::seq).containsExactly(65L, 66L, 67L);
    }

    @Test
    void findsThePageOfEverySeq() {
        assertThat(PageId.holding(first.room(), 1)).isEqualTo(first);
        assertThat(PageId.holding(first.room(), 64)).isEqualTo(first);
        assertThat(PageId.holding(first.room(), 65)).isEqualTo(first.next());
        assertThat(first.next().firstSeq()).isEqualTo(65);
        assertThat(PageId.parse(first.next().toString())).isEqualTo(first.next());
    }

    @Test
    void owesTheEventOfEachMessageInOrder() {
        var append = append(
            Page.empty(first),
            List.of(Drafts.says(Drafts.ANNA, "a"), Drafts.reply(Drafts.BERT, "b", 1))
        );

        assertThat(append.entry().announcements())
            .extracting(event ->
                EventCodec.of(MessageEvent.class).read(event.event().getData()).orElseThrow()
            )
            .extracting(event -> TestKeys.FIXED.open(((MessageSent) event).message()).content())
            .containsExactly("a", "b");
    }

    @Test
    void countsRepliesOfTheSamePageInTheSameWrite() {
        var page = append(Page.empty(first), Drafts.many(2)).after();

        var append = append(
            page,
            List.of(Drafts.reply(Drafts.BERT, "x", 2), Drafts.reply(Drafts.BERT, "y", 2))
        );

        assertThat(append.after().repliesTo(2)).isEqualTo(new Replies(2, NOW, List.of()));
        assertThat(append.entry().replies()).isEmpty();
    }

    @Test
    void owesTheCountOfRepliesToEarlierPages() {
        var append = append(Page.empty(first.next()), List.of(Drafts.reply(Drafts.BERT, "x", 2)));

        assertThat(append.entry().replies()).containsExactly(new Reply(2, 65, NOW));
        assertThat(append.threads()).isEmpty();
    }

    @Test
    void neverLetsTheRoomsTimeGoBack() {
        var page = append(Page.empty(first), Drafts.many(1)).after();

        var late = Append.onto(page, Drafts.many(1), ME, NOW.minusSeconds(9));

        assertThat(late.messages().getFirst().at()).isEqualTo(NOW);
    }

    @Test
    void answersWithTheTimeThatIsKept() {
        var append = Append.onto(Page.empty(first), Drafts.many(1), ME, NOW.plusNanos(123_456));

        assertThat(append.messages().getFirst().at()).isEqualTo(NOW);
    }

    @Test
    void countsNoReplyTwice() {
        var reply = new Reply(2, 65, NOW);

        var once = Replies.NONE.plus(reply);

        assertThat(once.plus(reply)).isEqualTo(once);
        assertThat(once.plus(new Reply(2, 66, NOW)).count()).isEqualTo(2);
        assertThat(once.forgetting(List.of(65L))).isEqualTo(new Replies(1, NOW, List.of()));
    }

    @Test
    void readsFromADocumentWhatItWroteThere() {
        var sent = append(
            Page.empty(first),
            List.of(Drafts.named(Drafts.ANNA, "é\n☕", "c-1"), Drafts.reply(Drafts.BERT, "b", 1))
        );
        var document = new org.bson.Document("_id", first.toString())
            .append("version", 1L)
            .append("messages", sent.messages().stream().map(PageDocument::of).toList())
            .append("threads", new org.bson.Document("1", PageDocument.of(sent.after().repliesTo(1))))
            .append("outbox", new org.bson.Document("1", PageDocument.of(sent.entry())));

        var page = TestKeys.FIXED.documents().read(document);

        assertThat(page.withoutOutbox()).isEqualTo(sent.after());
        assertThat(page.outbox()).containsExactly(java.util.Map.entry(1L, sent.entry()));
    }

    private static Append append(Page page, List<Draft> drafts) {
        return Append.onto(page, drafts, ME, NOW);
    }
}
