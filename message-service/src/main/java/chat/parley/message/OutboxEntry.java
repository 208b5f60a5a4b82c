package chat.parley.message;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.message.MessageEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * What one write of a page still owes to the world. It stands in the page, under the version that the write made,
 * until all of it is paid.
 *
 * @param by the incarnation that wrote it and pays it; a dead one's debts are the sweeper's
 * @param at when it was written
 * @param announcements events for Kafka, in their order
 * @param replies to messages of other pages, whose counts have to follow
 * @param reactors who moves into or out of {@link Reactors}
 * @param carriages uploads that messages carry now, or do not carry any more
 * @param behind versions of entries on the same page by other incarnations, about the same messages: what they owe
 *     is told first
 */
public record OutboxEntry(
    String by,
    Instant at,
    List<Announcement> announcements,
    List<Reply> replies,
    List<Reactor> reactors,
    List<Carriage> carriages,
    List<Long> behind
) {
    public OutboxEntry {
        announcements = List.copyOf(announcements);
        replies = List.copyOf(replies);
        reactors = List.copyOf(reactors);
        carriages = List.copyOf(carriages);
        behind = List.copyOf(behind);
    }

    /** Whether there is more to pay than telling. */
    boolean owesMore() {
        return !(replies.isEmpty() && reactors.isEmpty() && carriages.isEmpty());
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

    /**
     * Somebody whose reaction does not fit onto the page.
     *
     * @param user null for all of the kind
     */
    public record Reactor(long seq, String type, @Nullable UserId user, Step step) {
        UserId requireUser() {
            return Objects.requireNonNull(user);
        }

        /** Whether nobody can say right now whether that user reacted so. */
        boolean isAbout(long message, String kind, UserId who) {
            return seq == message && type.equals(kind) && (user == null || user.equals(who));
        }

        /** Where to. */
        public enum Step {
            IN,
            OUT,
            ALL_OUT,
        }
    }

    /**
     * A message and an upload.
     *
     * @param sent when the message was sent
     * @param ends whether it carries the upload no more
     */
    record Carriage(long seq, MediaId upload, Instant sent, boolean ends) {
        static Stream<Carriage> begin(Message message) {
            return of(message, false);
        }

        static Stream<Carriage> end(Message message) {
            return of(message, true);
        }

        private static Stream<Carriage> of(Message message, boolean ends) {
            return message
                .attachments()
                .stream()
                .map(upload -> new Carriage(message.seq(), upload.id(), message.at(), ends));
        }
    }
}
