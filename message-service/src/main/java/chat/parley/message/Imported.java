package chat.parley.message;

import chat.parley.contracts.EventId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageContent;
import chat.parley.contracts.message.MessageType;
import chat.parley.message.OutboxEntry.Reactor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
            reactionsOnPage()
        );
    }

    /** As if people had reacted one after another: each kind's first twenty are on the page, however many there are. */
    private List<Reaction> reactionsOnPage() {
        List<Reaction> kinds = new ArrayList<>(reactions.size());
        int space = Reaction.MOST_ON_PAGE;
        for (Reaction reaction : reactions) {
            Reaction kind = reaction.first(Math.max(space, Reaction.SHOWN));
            kinds.add(kind);
            space -= kind.users().size();
        }
        return kinds;
    }

    /** Those who reacted and have no space on the page. */
    List<Reactor> spilling(long seq) {
        List<Reaction> onPage = reactionsOnPage();
        return IntStream.range(0, reactions.size())
            .boxed()
            .flatMap(kind -> spilling(seq, reactions.get(kind), onPage.get(kind).users().size()))
            .toList();
    }

    private static Stream<Reactor> spilling(long seq, Reaction reaction, int onPage) {
        return reaction
            .users()
            .stream()
            .skip(onPage)
            .map(user -> new Reactor(seq, reaction.type(), user, Reactor.Step.IN));
    }
}
