package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageDeleted;
import chat.parley.contracts.message.MessageEvent.MessageRead;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.contracts.message.MessageEvent.MessageUpdated;
import chat.parley.contracts.message.MessageEvent.MessagesImported;
import chat.parley.contracts.message.MessageEvent.ReactionAdded;
import chat.parley.contracts.message.MessageEvent.ReactionRemoved;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.contracts.message.ReactionSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody knows of a room who has never read its history and has listened from the beginning, as the contract
 * says: an event that comes a second time is dropped by its id, and an older state of a message never replaces a
 * newer one.
 */
final class Heard {

    private final Set<EventId> known = new HashSet<>();
    private final NavigableMap<Long, Shown> messages = new TreeMap<>();
    private final Map<MessageId, Integer> replies = new HashMap<>();
    private int repeated;
    private int late;

    void hear(MessageEvent event) {
        if (!known.add(event.eventId())) {
            repeated++;
            return;
        }
        switch (event) {
            case MessageSent sent -> sent(TestKeys.FIXED.read(sent.message()));
            case MessageUpdated updated -> shown(updated.message().id()).becomes(
                TestKeys.FIXED.read(updated.message())
            );
            case MessageDeleted deleted -> shown(deleted.messageId()).ends();
            case ReactionAdded added -> shown(added.messageId()).of(added.reactionType()).add(added.userId());
            case ReactionRemoved removed -> shown(removed.messageId())
                .of(removed.reactionType())
                .remove(removed.userId());
            // Neither changes what the room shows to who was there.
            case MessageRead _, MessagesImported _ -> {}
        }
    }

    private void sent(MessageSnapshot message) {
        late += messages.isEmpty() || message.seq() > messages.lastKey() ? 0 : 1;
        assertThat(shown(message.id()).sent(message)).as("%s is sent once", message.id()).isTrue();
        if (message.parentId() != null) {
            replies.merge(message.parentId(), 1, Integer::sum);
        }
    }

    private Shown shown(MessageId id) {
        return messages.computeIfAbsent(id.seq(), _ -> new Shown());
    }

    /** How many events came more than once, which only a death explains. */
    int repeated() {
        return repeated;
    }

    /** How many messages came after one of a higher number: what the nodes of realtime-service put right. */
    int late() {
        return late;
    }

    void assertKnows(List<MessageSnapshot> history) {
        assertThat(messages.keySet()).containsExactlyElementsOf(
            history.stream().map(MessageSnapshot::seq).toList()
        );
        for (MessageSnapshot message : history) {
            messages.get(message.seq()).assertShows(message);
            assertThat(replies.getOrDefault(message.id(), 0)).isEqualTo(message.replyCount());
        }
    }

    static Map<String, Set<UserId>> reactionsOf(MessageSnapshot message) {
        message.reactions().forEach(kind -> assertThat(kind.count()).isEqualTo(kind.userIds().size()));
        return message
            .reactions()
            .stream()
            .collect(Collectors.toMap(ReactionSnapshot::reactionType, kind -> new HashSet<>(kind.userIds())));
    }

    private static final class Shown {

        private final Map<String, Set<UserId>> reactions = new HashMap<>();
        private @Nullable MessageSnapshot message;
        private boolean sent;
        private boolean ended;

        boolean sent(MessageSnapshot first) {
            boolean isFirst = !sent;
            sent = true;
            becomes(first);
            return isFirst;
        }

        void becomes(MessageSnapshot state) {
            if (message == null || state.updatedAt().isAfter(message.updatedAt())) {
                message = state;
            }
        }

        void ends() {
            ended = true;
        }

        Set<UserId> of(String kind) {
            return reactions.computeIfAbsent(kind, _ -> new LinkedHashSet<>());
        }

        void assertShows(MessageSnapshot now) {
            assertThat(ended).as("%s is deleted", now.id()).isEqualTo(now.deletedAt() != null);
            if (!ended) {
                assertThat(message.content()).as("content of %s", now.id()).isEqualTo(now.content());
                assertThat(editedAt(message)).isEqualTo(editedAt(now));
                assertThat(message.mentions()).isEqualTo(now.mentions());
                reactions.values().removeIf(Set::isEmpty);
                assertThat(reactions).as("reactions to %s", now.id()).isEqualTo(reactionsOf(now));
            }
            assertThat(message.clientId()).isEqualTo(now.clientId());
            assertThat(message.userId()).isEqualTo(now.userId());
            assertThat(message.parentId()).isEqualTo(now.parentId());
            assertThat(message.createdAt()).isEqualTo(now.createdAt());
        }

        private static @Nullable Instant editedAt(MessageSnapshot message) {
            return message.editedAt();
        }
    }
}
