package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a room has to be according to what its people were told: simple, as everybody does one thing after the other,
 * and what two do at once concerns different things, or ends in a deletion.
 */
final class RoomModel {

    final RoomId id;
    final UserId admin;
    private final Map<Long, Known> messages = new ConcurrentSkipListMap<>();
    private final AtomicLong last = new AtomicLong();

    RoomModel(RoomId id, UserId admin) {
        this.id = id;
        this.admin = admin;
    }

    /** The newest message that somebody was told of. */
    long last() {
        return last.get();
    }

    /** A message was acknowledged. */
    void sent(MessageSnapshot message, @Nullable MessageId parent) {
        var known = new Known(message, parent);
        var before = messages.putIfAbsent(message.seq(), known);
        if (before != null) {
            assertThat(before.clientId).as("whose message %d is", message.seq()).isEqualTo(known.clientId);
        }
        last.accumulateAndGet(message.seq(), Math::max);
    }

    Optional<Known> any(Random random) {
        long seq = 1 + random.nextLong(Math.max(1, last()));
        return Optional.ofNullable(messages.get(seq));
    }

    Optional<Known> anyOf(UserId author, Random random) {
        var own = messages
            .values()
            .stream()
            .filter(message -> message.author.equals(author))
            .toList();
        return own.isEmpty() ? Optional.empty() : Optional.of(own.get(random.nextInt(own.size())));
    }

    /** What the room's history is in the end, to the letter. */
    void assertIs(List<MessageSnapshot> history) {
        assertThat(history)
            .extracting(MessageSnapshot::seq)
            .containsExactlyElementsOf(LongStream.rangeClosed(1, messages.size()).boxed().toList());
        history.forEach(message -> messages.get(message.seq()).assertIs(message, replies(message.id())));
    }

    private long replies(MessageId id) {
        return messages
            .values()
            .stream()
            .filter(message -> id.equals(message.parent))
            .count();
    }

    /** A message as those know it who have had a hand in it. */
    static final class Known {

        final MessageId id;
        final UserId author;
        private final @Nullable String clientId;
        private final @Nullable MessageId parent;
        private final Map<UserId, Set<String>> reactions = new ConcurrentHashMap<>();
        private volatile String content;
        private volatile boolean edited;
        private volatile boolean dying;
        private volatile boolean deleted;

        private Known(MessageSnapshot message, @Nullable MessageId parent) {
            this.id = message.id();
            this.author = message.userId();
            this.content = message.content();
            this.clientId = message.clientId();
            this.parent = parent;
        }

        /** The top-level message that a reply to this one belongs to. */
        MessageId thread() {
            return parent == null ? id : parent;
        }

        /** Somebody is about to delete it: from now on it may be gone. */
        void dies() {
            dying = true;
        }

        void died() {
            deleted = true;
        }

        boolean mayBeGone() {
            return dying;
        }

        void edited(String newContent) {
            edited |= !newContent.equals(content);
            content = newContent;
        }

        void reacted(UserId user, String kind, boolean added) {
            var own = reactions.computeIfAbsent(user, _ -> ConcurrentHashMap.newKeySet());
            if (added) {
                own.add(kind);
            } else {
                own.remove(kind);
            }
        }

        /** What its author reads who has changed nothing since. */
        void assertReads(MessageSnapshot message) {
            if (message.deletedAt() != null) {
                assertThat(dying).as("whether %s may be deleted", id).isTrue();
            } else {
                assertThat(message.content()).isEqualTo(content);
            }
        }

        /** Whether a user who has reacted reads so. */
        void assertReads(MessageSnapshot message, UserId user) {
            if (message.deletedAt() == null) {
                assertThat(kindsOf(user, message)).isEqualTo(kindsOf(user));
            }
        }

        private static Set<String> kindsOf(UserId user, MessageSnapshot message) {
            return message
                .reactions()
                .stream()
                .filter(reaction -> reaction.userIds().contains(user))
                .map(reaction -> reaction.reactionType())
                .collect(Collectors.toCollection(TreeSet::new));
        }

        private Set<String> kindsOf(UserId user) {
            return new TreeSet<>(reactions.getOrDefault(user, Set.of()));
        }

        private void assertIs(MessageSnapshot message, long replies) {
            assertThat(message.clientId()).isEqualTo(clientId);
            assertThat(message.userId()).isEqualTo(author);
            assertThat(message.parentId()).isEqualTo(parent);
            assertThat(message.deletedAt() != null).as("%s is deleted", id).isEqualTo(deleted);
            assertThat(message.content()).as("content of %s", id).isEqualTo(deleted ? "" : content);
            assertThat(message.editedAt() != null).as("%s was edited", id).isEqualTo(edited);
            assertThat(message.replyCount()).as("replies to %s", id).isEqualTo((int) replies);
            assertThat(Heard.reactionsOf(message)).as("reactions to %s", id).isEqualTo(reactionsLeft());
        }

        private Map<String, Set<UserId>> reactionsLeft() {
            return deleted
                ? Map.of()
                : reactions
                      .entrySet()
                      .stream()
                      .flatMap(user ->
                          user
                              .getValue()
                              .stream()
                              .map(kind -> Map.entry(kind, user.getKey()))
                      )
                      .collect(
                          Collectors.groupingBy(
                              Map.Entry::getKey,
                              Collectors.mapping(Map.Entry::getValue, Collectors.toSet())
                          )
                      );
        }
    }
}
