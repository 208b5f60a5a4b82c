package chat.parley.room.reading;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageDeleted;
import chat.parley.contracts.message.MessageEvent.MessageRead;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.contracts.message.MessageEvent.MessageUpdated;
import chat.parley.contracts.message.MessageEvent.ReactionAdded;
import chat.parley.contracts.message.MessageEvent.ReactionRemoved;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
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
 */
record Activity(Map<RoomId, Newest> newest, Map<Member, Read> read) {
    private static final Comparator<Member> BY_ROOM_AND_USER = Comparator.comparing(
        Member::room
    ).thenComparing(Member::user);

    static Activity of(Collection<MessageEvent> events) {
        Activity activity = new Activity(new TreeMap<>(), new TreeMap<>(BY_ROOM_AND_USER));
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
