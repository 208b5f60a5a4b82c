package chat.parley.message;

import chat.parley.contracts.UserId;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.message.MessageEvent;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.types.Binary;

/**
 * What one write of a page still owes to the world. It stands in the page, under the version that the write made,
 * until all of it is paid.
 *
 * @param by the incarnation that wrote it and pays it; a dead one's debts are the sweeper's
 * @param at when it was written
 * @param announcements events for Kafka, in their order
 * @param replies to messages of other pages, whose counts have to follow
 * @param behind versions of entries on the same page by other incarnations, about the same messages: what they owe
 *     is told first
 */
public record OutboxEntry(
    String by,
    Instant at,
    List<Announcement> announcements,
    List<Reply> replies,
    List<Long> behind
) {
    public OutboxEntry {
        announcements = List.copyOf(announcements);
        behind = List.copyOf(behind);
        replies = List.copyOf(replies);
    }

    boolean isAbout(Set<Long> seqs) {
        return announcements.stream().anyMatch(announcement -> seqs.contains(announcement.seq()));
    }

    /**
     * An event, ready for the wire.
     *
     * @param seq of the message that it is about
     * @param mentions the value of {@link MessageEvent#MENTIONS_HEADER}; may be empty
     */
    record Announcement(long seq, Binary event, String mentions) {
        private static final EventCodec<MessageEvent> CODEC = EventCodec.of(MessageEvent.class);

        static Announcement of(long seq, MessageEvent event, List<UserId> mentioned) {
            String mentions = mentioned.stream().map(UserId::toString).collect(Collectors.joining(","));
            return new Announcement(seq, new Binary(CODEC.write(event)), mentions);
        }
    }

    /**
     * A reply whose thread began on an earlier page.
     *
     * @param parent the seq of the thread's first message
     */
    record Reply(long parent, long seq, Instant at) {}
}
