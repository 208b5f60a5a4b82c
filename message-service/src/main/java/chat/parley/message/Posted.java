package chat.parley.message;

/**
 * A message that is stored durably.
 *
 * @param repeated whether it was there before: its author's client has tried twice
 */
public record Posted(Message message, Replies replies, boolean repeated) {}
