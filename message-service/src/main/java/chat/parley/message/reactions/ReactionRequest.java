package chat.parley.message.reactions;

import org.jspecify.annotations.Nullable;

/** Body of {@code POST /api/chat/messages/{id}/reactions}, as it came. */
record ReactionRequest(@Nullable String reactionType) {}
