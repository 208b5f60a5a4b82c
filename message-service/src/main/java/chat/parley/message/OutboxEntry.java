package chat.parley.message;

import java.time.Instant;
import java.util.List;
import org.bson.types.Binary;

/**
 * What one write of a page still owes to the world. It stands in the page, under the version that the write made,
 * until all of it is paid.
 *
 * @param by the incarnation that wrote it and pays it; a dead one's debts are the sweeper's
 * @param at when it was written
 * @param announcements events for Kafka, in their order
 * @param replies to messages of other pages, whose counts have to follow
 */
public record OutboxEntry(String by, Instant at, List<Announcement> announcements, List<Reply> replies) {
    public OutboxEntry {
        announcements = List.copyOf(announcements);
        replies = List.copyOf(replies);
    }

    /**
     * An event, ready for the wire.
     *
     * @param mentions the value of {@link chat.parley.contracts.message.MessageEvent#MENTIONS_HEADER}; may be empty
     */
    record Announcement(Binary event, String mentions) {}

    /**
     * A reply whose thread began on an earlier page.
     *
     * @param parent the seq of the thread's first message
     */
    record Reply(long parent, long seq, Instant at) {}
}
