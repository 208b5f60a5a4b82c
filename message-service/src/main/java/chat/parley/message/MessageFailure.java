package chat.parley.message;

import chat.parley.service.problem.Failure;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** What clients of message-service may have to be told. */
public abstract sealed class MessageFailure extends Failure {

    private static final long serialVersionUID = 1L;

    private MessageFailure(HttpStatus status, String code, String detail) {
        super(status, code, detail);
    }

    /** The message has been deleted: only its place is left. */
    public static final class MessageGone extends MessageFailure {

        private static final long serialVersionUID = 1L;

        public MessageGone() {
            super(HttpStatus.GONE, "gone", "This message has been deleted.");
        }
    }

    /**
     * Somebody's reaction is on its way between two documents. Lanes try again before anybody gets to see this.
     */
    public static final class Unsettled extends MessageFailure {

        private static final long serialVersionUID = 1L;

        public Unsettled() {
            super(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "This message is changing too fast.");
        }

        @Override
        public Duration retryAfter() {
            return Duration.ofSeconds(1);
        }
    }

    /** A message has as many kinds of reactions as one can have. */
    public static final class TooManyReactions extends MessageFailure {

        private static final long serialVersionUID = 1L;

        public TooManyReactions() {
            super(HttpStatus.CONFLICT, "too_many_reactions", "A message has at most 50 kinds of reactions.");
        }
    }
}
