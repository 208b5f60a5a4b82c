package chat.parley.message;

import chat.parley.contracts.EventId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageContent;
import chat.parley.contracts.message.MessageType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message from elsewhere that has been checked and waits for its place in the room.
 *
 * @param position of the message in its source: each is behind those before it in the same room
 * @param at when it was said there
 * @param author null for a system message
 * @param answers the position of the message that it answers
 */
public record Imported(
    long position,
    Instant at,
    @Nullable UserId author,
    String content,
    MessageType type,
    @Nullable Long answers,
    List<UserId> mentions,
    Message.Revision revision,
    List<Reaction> reactions
) {
    /** How long a source's name may be: with a position behind it it has to be a {@code client_id}. */
    public static final int LONGEST_SOURCE = 40;

    public Imported {
        mentions = List.copyOf(mentions);
        reactions = List.copyOf(reactions);
    }

    /** By what the message with this position is known on its page, and to clients as its {@code client_id}. */
    static String nameOf(String source, long position) {
        return source + ":" + position;
    }

    MessageContent says() {
        return new MessageContent(content, List.of());
    }

    /** As it is kept. Nobody has said anything in the future, whatever the clock there was. */
    Message as(Body body, String source, @Nullable Long parent, Instant now) {
        Instant said = at.truncatedTo(ChronoUnit.MILLIS);
        return new Message(
            body.room(),
            body.seq(),
            EventId.random(),
            author,
            body,
            type,
            parent,
            mentions,
            nameOf(source, position),
            said.isAfter(now) ? now : said,
            revision,
            reactions
        );
    }
}
