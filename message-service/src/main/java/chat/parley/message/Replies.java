package chat.parley.message;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a thread's first message knows of its replies, kept on that message's page.
 *
 * @param counted seqs of replies that are in {@code count} and whose writer may not know that yet; see
 *     {@link ReplyCounts}
 */
public record Replies(int count, @Nullable Instant lastAt, List<Long> counted) {
    static final Replies NONE = new Replies(0, null, List.of());

    public Replies {
        counted = List.copyOf(counted);
    }

    /** One more, written in the same update as the reply itself: nobody can count it a second time. */
    Replies plus(Instant at) {
        return new Replies(count + 1, later(at), counted);
    }

    /** One more, from another page; no change if it is in already. */
    Replies plus(OutboxEntry.Reply reply) {
        if (counted.contains(reply.seq())) {
            return this;
        }
        List<Long> more = Stream.concat(counted.stream(), Stream.of(reply.seq())).toList();
        return new Replies(count + 1, later(reply.at()), more);
    }

    Replies forgetting(List<Long> settled) {
        return new Replies(
            count,
            lastAt,
            counted
                .stream()
                .filter(seq -> !settled.contains(seq))
                .toList()
        );
    }

    private Instant later(Instant at) {
        return lastAt != null && lastAt.isAfter(at) ? lastAt : at;
    }
}
