package chat.parley.message.posting;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.message.Content;
import chat.parley.service.problem.Problem;
import chat.parley.service.problem.ValidationFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Post this into the room, in the author's name.
 *
 * @param parent in the same room
 * @param socketId the author's socket that wants no echo
 */
record PostMessage(
    RoomId room,
    UserId author,
    Content content,
    @Nullable MessageId parent,
    List<MediaId> attachments,
    @Nullable String clientId,
    @Nullable String socketId
) {
    static final int MAX_ATTACHMENTS = 10;
    static final int MAX_CLIENT_ID = 64;

    /**
     * @throws ValidationFailed with all that is wrong with the request by itself
     */
    static PostMessage of(RoomId room, UserId author, PostRequest request, @Nullable String socketId) {
        List<Problem.Field> faults = new ArrayList<>();
        List<MediaId> attachments = attachments(request.attachmentIds(), faults);
        Content content = Content.of(Objects.requireNonNullElse(request.content(), ""));
        content.fault(!attachments.isEmpty()).ifPresent(faults::add);
        MessageId parent = parent(room, request.parentId(), faults);
        String clientId = clientId(request.clientId(), faults);
        if (!faults.isEmpty()) {
            throw new ValidationFailed(faults);
        }
        return new PostMessage(room, author, content, parent, attachments, clientId, socketId);
    }

    private static List<MediaId> attachments(
        @Nullable List<@Nullable MediaId> ids,
        List<Problem.Field> faults
    ) {
        List<MediaId> given = ids == null ? List.of() : ids.stream().filter(Objects::nonNull).toList();
        List<MediaId> distinct = given.stream().distinct().toList();
        if (ids != null && given.size() < ids.size()) {
            faults.add(new Problem.Field("attachment_ids", "invalid", "null is no attachment's id."));
        }
        if (distinct.size() > MAX_ATTACHMENTS) {
            faults.add(new Problem.Field("attachment_ids", "too_many", "At most 10 attachments."));
        }
        return distinct;
    }

    private static @Nullable MessageId parent(
        RoomId room,
        @Nullable String text,
        List<Problem.Field> faults
    ) {
        if (text == null) {
            return null;
        }
        try {
            MessageId id = MessageId.of(text);
            if (id.room().equals(room)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // No message has such an id: the same answer as for one of another room.
        }
        faults.add(noSuchParent());
        return null;
    }

    static Problem.Field noSuchParent() {
        return new Problem.Field("parent_id", "unknown", "There is no such message in this room.");
    }

    private static @Nullable String clientId(@Nullable String text, List<Problem.Field> faults) {
        if (text != null && (text.isBlank() || text.length() > MAX_CLIENT_ID || hasControls(text))) {
            faults.add(new Problem.Field("client_id", "invalid", "1 to 64 characters, none of control."));
        }
        return text;
    }

    private static boolean hasControls(String text) {
        return text
            .codePoints()
            .anyMatch(
                character ->
                    Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE
            );
    }
}
