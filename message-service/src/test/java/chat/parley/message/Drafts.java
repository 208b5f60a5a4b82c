package chat.parley.message;

import chat.parley.contracts.EventId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drafts as tests need them. */
final class Drafts {

    static final UserId ANNA = UserId.random();
    static final UserId BERT = UserId.random();

    private Drafts() {}

    static Draft says(UserId author, String content) {
        return named(author, content, null);
    }

    static Draft named(UserId author, String content, @Nullable String clientId) {
        return new Draft(EventId.random(), author, content, null, List.of(), List.of(), clientId, null);
    }

    static Draft reply(UserId author, String content, long parent) {
        return new Draft(EventId.random(), author, content, parent, List.of(), List.of(), null, "1.2");
    }

    static Draft attaching(MediaSnapshot file, String clientId) {
        return new Draft(EventId.random(), ANNA, "", null, List.of(file), List.of(), clientId, null);
    }

    static List<Draft> many(int count) {
        return java.util.stream.IntStream.range(0, count)
            .mapToObj(i -> says(ANNA, "m" + i))
            .toList();
    }
}
