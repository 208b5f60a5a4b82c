package chat.parley.local.transfer;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of another chat, before its content is made fit.
 *
 * @param room by the name it has there
 * @param place among the room's messages: each is behind the ones before it
 * @param author null for what the chat itself says
 * @param answers the place of the message that this one answers
 * @param mentions those it names, by their names there
 */
record Line(
    String room,
    long place,
    Instant at,
    Kind kind,
    @Nullable String author,
    String content,
    @Nullable Long answers,
    List<Reaction> reactions,
    List<String> mentions,
    @Nullable Instant editedAt
) {
    Line {
        reactions = List.copyOf(reactions);
        mentions = List.copyOf(mentions);
    }

    /** What a message is. */
    enum Kind {
        TEXT,
        SYSTEM,
        /** It was deleted, and keeps its place only. */
        DELETED,
    }

    /** Who reacted in one way, by their names there. */
    record Reaction(String type, List<String> people) {
        Reaction {
            people = List.copyOf(people);
        }
    }

    Line with(String otherContent) {
        return new Line(room, place, at, kind, author, otherContent, answers, reactions, mentions, editedAt);
    }
}
