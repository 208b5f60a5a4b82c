package chat.parley.message.deletion;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageEvent.MessageDeleted;
import chat.parley.message.Alteration;
import chat.parley.message.Message;
import chat.parley.message.MessageFailure.Unsettled;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Nothing but the message's place is left from now on; what is deleted already stays so.
 *
 * @param by who deletes it
 * @param socketId that one's socket that wants no echo
 */
public record Deletion(MessageId id, UserId by, @Nullable String socketId) implements Alteration {
    @Override
    public long seq() {
        return id.seq();
    }

    @Override
    public Mono<Outcome> alter(Message message, Moment moment) {
        if (message.isDeleted()) {
            return Mono.just(Outcome.unchanged(message));
        }
        if (!moment.isSettled(message)) {
            return Mono.error(Unsettled::new);
        }
        MessageDeleted event = new MessageDeleted(
            moment.event(),
            moment.at(),
            socketId,
            id.room(),
            id,
            id.seq(),
            by
        );
        return Mono.just(Outcome.of(message.deleted(moment.at()), event));
    }
}
