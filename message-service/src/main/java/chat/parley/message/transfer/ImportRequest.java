package chat.parley.message.transfer;

import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageType;
import chat.parley.message.Content;
import chat.parley.message.Imported;
import chat.parley.message.Message.Revision;
import chat.parley.message.Reaction;
import chat.parley.message.ReactionType;
import chat.parley.service.problem.Problem;
import chat.parley.service.problem.ValidationFailed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one room as the importer brings them.
 *
 * @param actorId who answers for the import
 */
record ImportRequest(@Nullable UserId actorId, @Nullable List<Brought> messages) {
    private static final int MAX_MESSAGES = 256;
    private static final int MAX_KINDS = 50;
    private static final int MAX_REACTIONS = 1_500;
    private static final int MAX_MENTIONS = 100;

    /**
     * @throws ValidationFailed for all that is wrong, the first message first
     */
    List<Imported> checked() {
        List<Problem.Field> faults = new ArrayList<>();
        List<Brought> given = messages == null ? List.of() : messages;
        if (given.isEmpty() || given.size() > MAX_MESSAGES) {
            faults.add(new Problem.Field("messages", "size", "1 to " + MAX_MESSAGES + " messages."));
        }
        long last = -1;
        for (Brought message : given) {
            if (message.position <= last) {
                faults.add(new Problem.Field("position", "order", "Each is behind the one before."));
            }
            last = message.position;
            message.fault().ifPresent(faults::add);
        }
        if (!faults.isEmpty()) {
            throw new ValidationFailed(faults);
        }
        return given.stream().map(Brought::imported).toList();
    }

    /** One of them. */
    record Brought(
        long position,
        @Nullable Instant at,
        @Nullable String type,
        @Nullable UserId userId,
        @Nullable String content,
        boolean deleted,
        @Nullable Long answers,
        @Nullable Instant editedAt,
        @Nullable List<UserId> mentions,
        @Nullable List<Reacted> reactions
    ) {
        private Optional<Problem.Field> fault() {
            if (at == null) {
                return fault("at", "required", "When it was said.");
            }
            if (userId == null && !isSystem()) {
                return fault("user_id", "required", "Who said it.");
            }
            if (mentioned().size() > MAX_MENTIONS) {
                return fault("mentions", "too_many", "At most " + MAX_MENTIONS + ".");
            }
            if (reacted().size() > MAX_KINDS || reacted().stream().anyMatch(Reacted::isFaulty)) {
                return fault(
                    "reactions",
                    "invalid",
                    "At most 50 kinds, each an emoji or a :shortcode: of 64 characters."
                );
            }
            return deleted ? Optional.empty() : Content.of(text()).fault(false);
        }

        private static Optional<Problem.Field> fault(String field, String code, String message) {
            return Optional.of(new Problem.Field(field, code, message));
        }

        private boolean isSystem() {
            return "system".equals(type);
        }

        private String text() {
            return content == null ? "" : content;
        }

        private List<UserId> mentioned() {
            return mentions == null ? List.of() : mentions;
        }

        private List<Reacted> reacted() {
            return reactions == null ? List.of() : reactions;
        }

        private Imported imported() {
            Instant said = Objects.requireNonNull(at);
            Instant edited = editedAt == null || editedAt.isBefore(said) ? null : editedAt;
            return new Imported(
                position,
                said,
                isSystem() ? null : userId,
                deleted ? "" : Content.of(text()).text(),
                isSystem() ? MessageType.SYSTEM : MessageType.TEXT,
                answers,
                deleted ? List.of() : mentioned(),
                deleted ? new Revision(said, null, said) : new Revision(edited, edited, null),
                deleted ? List.of() : reactionsByKind()
            );
        }

        /** Different writings of one emoji are one kind. */
        private List<Reaction> reactionsByKind() {
            Map<String, Set<UserId>> kinds = new LinkedHashMap<>();
            for (Reacted reaction : reacted()) {
                kinds.computeIfAbsent(reaction.kind(), _ -> new LinkedHashSet<>()).addAll(reaction.users());
            }
            return kinds
                .entrySet()
                .stream()
                .map(kind -> reaction(kind.getKey(), List.copyOf(kind.getValue())))
                .toList();
        }

        private static Reaction reaction(String kind, List<UserId> users) {
            return new Reaction(kind, users.size(), users, false);
        }
    }

    /** Who reacted in one way. */
    record Reacted(@Nullable String reactionType, @Nullable List<UserId> userIds) {
        private boolean isFaulty() {
            return (
                reactionType == null ||
                userIds == null ||
                userIds.isEmpty() ||
                userIds.size() > MAX_REACTIONS ||
                ReactionType.find(reactionType).isEmpty()
            );
        }

        private String kind() {
            return ReactionType.of(Objects.requireNonNull(reactionType)).text();
        }

        private List<UserId> users() {
            return Objects.requireNonNull(userIds);
        }
    }
}
