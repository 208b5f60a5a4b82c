package chat.parley.message;

import chat.parley.contracts.EventId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.SealedMessage;
import chat.parley.message.OutboxEntry.Reactor;
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
     * @param unsettled who is on the way into or out of {@link Reactors}
     */
    record Moment(EventId event, Instant at, Replies replies, List<Reactor> unsettled) {
        public Moment {
            unsettled = List.copyOf(unsettled);
        }

        /** Whether it can be said right now whether the user stands among the {@link Reactors}. */
        public boolean isSettled(Message message, String type, UserId user) {
            return unsettled.stream().noneMatch(note -> note.isAbout(message.seq(), type, user));
        }

        /** Whether that can be said of everybody. */
        public boolean isSettled(Message message) {
            return unsettled.stream().noneMatch(note -> note.seq() == message.seq());
        }

        /** The message as the event carries it. */
        public SealedMessage sealed(Message message) {
            return message.sealed(replies);
        }
    }

    /**
     * What has to be written.
     *
     * @param message as it is from now on
     * @param event what tells of it; null if nothing changes
     * @param mentioned for whom the event is a mention
     * @param reactors who moves into or out of {@link Reactors}
     */
    record Outcome(
        Message message,
        @Nullable MessageEvent event,
        List<UserId> mentioned,
        List<Reactor> reactors
    ) {
        public Outcome {
            mentioned = List.copyOf(mentioned);
            reactors = List.copyOf(reactors);
        }

        public static Outcome unchanged(Message message) {
            return new Outcome(message, null, List.of(), List.of());
        }

        public static Outcome of(Message message, MessageEvent event) {
            return new Outcome(message, event, List.of(), List.of());
        }
    }
}
