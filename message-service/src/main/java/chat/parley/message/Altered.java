package chat.parley.message;

import chat.parley.contracts.message.MessageSnapshot;

/** A message after an {@link Alteration}, durably so. */
public record Altered(Message message, Replies replies) {
    public MessageSnapshot snapshot() {
        return message.snapshot(replies);
    }
}
