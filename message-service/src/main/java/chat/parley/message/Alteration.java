package chat.parley.message;

import chat.parley.contracts.EventId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.service.problem.Failure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A wish to change one message that is there. */
public interface Alteration {
    /** The message's place in its room. */
    long seq();

    /**
     * What becomes of the message. May be asked again whenever somebody else has changed the page in between, and so
     * must do nothing but look and answer.
     *
     * @return {@link Outcome#unchanged} if there is nothing to do
     * @throws Failure (in the Mono) what the wisher is told instead
     */
    Mono<Outcome> alter(Message message, Moment moment);

    /**
     * The circumstances of a change.
     *
     * @param event the id of the event that will tell of it
     * @param at its time, later than any change of the message before
     * @param replies what is known of replies to the message
     */
    record Moment(EventId event, Instant at, Replies replies) {
        /** The message as the event shows it. */
        public MessageSnapshot snapshot(Message message) {
            return message.snapshot(replies);
        }
    }

    /**
     * What has to be written.
     *
     * @param message as it is from now on
     * @param event what tells of it; null if nothing changes
     * @param mentioned for whom the event is a mention
     */
    record Outcome(Message message, @Nullable MessageEvent event, List<UserId> mentioned) {
        public Outcome {
            mentioned = List.copyOf(mentioned);
        }

        public static Outcome unchanged(Message message) {
            return new Outcome(message, null, List.of());
        }

        public static Outcome of(Message message, MessageEvent event) {
            return new Outcome(message, event, List.of());
        }
    }
}
