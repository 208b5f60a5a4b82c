package chat.parley.message.editing;

import org.jspecify.annotations.Nullable;

/** Body of {@code PUT /api/chat/messages/{id}}, as it came. */
record EditRequest(@Nullable String content) {}
