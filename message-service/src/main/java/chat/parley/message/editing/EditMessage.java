package chat.parley.message.editing;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.UserId;
import chat.parley.message.Content;
import org.jspecify.annotations.Nullable;

/**
 * Let the message say this instead.
 *
 * @param editor who wants it so
 * @param socketId the editor's socket that wants no echo
 */
public record EditMessage(MessageId id, UserId editor, Content content, @Nullable String socketId) {}
