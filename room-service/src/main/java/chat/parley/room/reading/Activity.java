package chat.parley.room.reading;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageDeleted;
import chat.parley.contracts.message.MessageEvent.MessageRead;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.contracts.message.MessageEvent.MessageUpdated;
import chat.parley.contracts.message.MessageEvent.MessagesImported;
import chat.parley.contracts.message.MessageEvent.ReactionAdded;
import chat.parley.contracts.message.MessageEvent.ReactionRemoved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a run of message events comes to: of each room the newest message, of each member the farthest place read.
 * In the order of their ids, so that whoever locks several rows does so in the same order as everybody else.
 *
 * @param newest by room
 * @param read by room and member
 * @param imported by room, what came from elsewhere: runs of seqs without gaps, in their order
 */
record Activity(
    Map<RoomId, Newest> newest,
    Map<Member, Read> read,
    Map<RoomId, NavigableMap<Long, Long>> imported
) {
    private static final Comparator<Member> BY_ROOM_AND_USER = Comparator.comparing(
        Member::room
    ).thenComparing(Member::user);

    static Activity of(Collection<MessageEvent> events) {
        Activity activity = new Activity(new TreeMap<>(), new TreeMap<>(BY_ROOM_AND_USER), new TreeMap<>());
        events.forEach(activity::take);
        return activity;
    }

    private void take(MessageEvent event) {
        switch (event) {
            case MessageSent sent -> sent(sent);
            case MessageRead read -> advance(
                new Member(read.roomId(), read.userId()),
                new Read(read.seq(), read.at(), true, read.socketId())
            );
            case MessagesImported imported -> imported(imported);
            case MessageUpdated _, MessageDeleted _, ReactionAdded _, ReactionRemoved _ -> {
                // These change what has been said, not how much.
            }
        }
    }

    private void sent(MessageSent event) {
        long seq = event.message().seq();
        Instant at = event.message().createdAt();
        newest.merge(
            event.roomId(),
            new Newest(seq, at),
            BinaryOperator.maxBy(Comparator.comparing(Newest::seq))
        );
        UserId author = event.message().userId();
        if (author != null) {
            advance(new Member(event.roomId(), author), new Read(seq, at, false, null));
        }
    }

    private void imported(MessagesImported event) {
        newest.merge(
            event.roomId(),
            new Newest(event.lastSeq(), event.lastMessageAt()),
            BinaryOperator.maxBy(Comparator.comparing(Newest::seq))
        );
        NavigableMap<Long, Long> runs = imported.computeIfAbsent(event.roomId(), _ -> new TreeMap<>());
        Map.Entry<Long, Long> before = runs.lowerEntry(event.firstSeq());
        if (before != null && before.getValue() >= event.firstSeq() - 1) {
            runs.merge(before.getKey(), event.lastSeq(), Math::max);
        } else {
            runs.merge(event.firstSeq(), event.lastSeq(), Math::max);
        }
    }

    /** The runs as so many rounds as a room has at most, of each room one in each: a round is one statement. */
    List<List<Run>> rounds() {
        List<List<Run>> rounds = new ArrayList<>();
        imported.forEach((room, runs) -> {
            int round = 0;
            for (Map.Entry<Long, Long> run : runs.entrySet()) {
                if (round == rounds.size()) {
                    rounds.add(new ArrayList<>());
                }
                rounds.get(round++).add(new Run(room, run.getKey(), run.getValue()));
            }
        });
        return rounds;
    }

    private void advance(Member member, Read read) {
        this.read.merge(member, read, Read::and);
    }

    boolean isEmpty() {
        return newest.isEmpty() && read.isEmpty();
    }

    /** What the member's other devices are to be told, once the marker stands there. */
    Optional<Read> announced(Member member) {
        return Optional.ofNullable(read.get(member)).filter(Read::explicit);
    }

    /** Messages from elsewhere, from one seq to another, both included. */
    record Run(RoomId room, long first, long last) {}

    /** The last message of a room. */
    record Newest(long seq, Instant at) {}

    /** A member of a room. */
    record Member(RoomId room, UserId user) {}

    /**
     * How far a member has read.
     *
     * @param explicit whether they said so, rather than writing something themself
     * @param socketId the socket that said so, if it wants no echo
     */
    record Read(long seq, Instant at, boolean explicit, @Nullable String socketId) {
        private Read and(Read later) {
            Read farthest = later.seq >= seq ? later : this;
            Read spoken = later.explicit ? later : this;
            return new Read(farthest.seq, farthest.at, spoken.explicit, spoken.socketId);
        }
    }
}
