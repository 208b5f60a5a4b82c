package chat.parley.message.posting;

import chat.parley.contracts.MediaId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /api/chat/rooms/{id}/messages}, as it came. */
record PostRequest(
    @Nullable String content,
    @Nullable String parentId,
    @Nullable List<@Nullable MediaId> attachmentIds,
    @Nullable String clientId
) {}
