package chat.parley.message;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MediaId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.message.MessageContent;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.contracts.message.MessageType;
import chat.parley.contracts.message.SealedMessage;
import chat.parley.sealing.MessageSealer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message as its page keeps it.
 *
 * @param event the event that told of it; also how a writer recognises its own message after a lost answer
 * @param author null for a message of no user's, such as one from an import
 * @param parent the seq of the thread's first message, always a top-level one
 * @param body what it says
 * @param revision when it was changed, and how
 * @param reactions in the order in which each kind came first
 */
public record Message(
    RoomId room,
    long seq,
    EventId event,
    @Nullable UserId author,
    Body body,
    MessageType type,
    @Nullable Long parent,
    List<UserId> mentions,
    @Nullable String clientId,
    Instant at,
    Revision revision,
    List<Reaction> reactions
) {
    public Message {
        mentions = List.copyOf(mentions);
        reactions = List.copyOf(reactions);
    }

    static Message of(RoomId room, long seq, Draft draft, Instant at, MessageSealer sealer) {
        MessageContent says = new MessageContent(draft.content(), draft.attachments());
        return new Message(
            room,
            seq,
            draft.event(),
            draft.author(),
            Body.of(room, seq, says, sealer),
            draft.attachments().isEmpty() ? MessageType.TEXT : MessageType.FILE,
            draft.parent(),
            draft.mentions(),
            draft.clientId(),
            at,
            Revision.NONE,
            List.of()
        );
    }

    /** The same, saying something else. */
    public Message edited(String newContent, List<UserId> newMentions, Instant when) {
        return with(saying(newContent, attachments()), newMentions, revision.editedAt(when), reactions);
    }

    /** The same with its attachments as they are now; those that are not known stay as they were. */
    public Message renewed(Map<MediaId, MediaSnapshot> known) {
        List<MediaSnapshot> renewed = attachments()
            .stream()
            .map(old -> known.getOrDefault(old.id(), old))
            .toList();
        return with(saying(content(), renewed), mentions, revision, reactions);
    }

    /** The same as far as its own words go, after something that it carries has changed. */
    public Message touched(Instant when) {
        return with(body, mentions, revision.touchedAt(when), reactions);
    }

    /** What stays of it: its place, its author and its times. */
    public Message deleted(Instant when) {
        return with(body.saying(MessageContent.NONE), List.of(), revision.deletedAt(when), List.of());
    }

    public Message reacted(List<Reaction> newReactions) {
        return with(body, mentions, revision, newReactions);
    }

    private Message with(
        Body newBody,
        List<UserId> newMentions,
        Revision newRevision,
        List<Reaction> newReactions
    ) {
        return new Message(
            room,
            seq,
            event,
            author,
            newBody,
            type,
            parent,
            newMentions,
            clientId,
            at,
            newRevision,
            newReactions
        );
    }

    public Optional<Reaction> reaction(String kind) {
        return reactions
            .stream()
            .filter(reaction -> reaction.type().equals(kind))
            .findFirst();
    }

    private Body saying(String content, List<MediaSnapshot> attachments) {
        return body.saying(new MessageContent(content, attachments));
    }

    public String content() {
        return body.content();
    }

    /** As they were when it was sent or edited; their addresses expire, {@link Attachments} renews them. */
    public List<MediaSnapshot> attachments() {
        return body.attachments();
    }

    public MessageId id() {
        return new MessageId(room, seq);
    }

    public boolean isDeleted() {
        return revision.deleted() != null;
    }

    /** When it was last changed, or sent. */
    Instant lastTouched() {
        Instant updated = revision.updated();
        return updated == null ? at : updated;
    }

    boolean isOf(Draft draft) {
        return event.equals(draft.event());
    }

    /** Whether this is what an earlier try of the same client has left. */
    boolean repeats(Draft draft) {
        return (
            draft.clientId() != null && draft.clientId().equals(clientId) && draft.author().equals(author)
        );
    }

    /** The message as clients see it. */
    public MessageSnapshot snapshot(Replies replies) {
        return new MessageSnapshot(
            id(),
            room,
            seq,
            author,
            content(),
            type,
            parent == null ? null : new MessageId(room, parent),
            replies.count(),
            replies.lastAt(),
            attachments(),
            reactions.stream().map(Reaction::snapshot).toList(),
            mentions,
            clientId,
            at,
            lastTouched(),
            revision.edited(),
            revision.deleted()
        );
    }

    /** The message as other services hear of it. */
    SealedMessage sealed(Replies replies) {
        return SealedMessage.of(snapshot(replies), body.sealed());
    }

    /**
     * When a message was changed; null is never.
     *
     * @param updated by anybody in any way that its {@code updated_at} tells
     * @param edited by its author
     */
    public record Revision(@Nullable Instant updated, @Nullable Instant edited, @Nullable Instant deleted) {
        static final Revision NONE = new Revision(null, null, null);

        private Revision editedAt(Instant when) {
            return new Revision(when, when, deleted);
        }

        private Revision touchedAt(Instant when) {
            return new Revision(when, edited, deleted);
        }

        private Revision deletedAt(Instant when) {
            return new Revision(when, edited, when);
        }
    }
}
