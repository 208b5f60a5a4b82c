package chat.parley.gateway.routing;

import java.io.IOException;

/** A service's connection has broken in the middle of its answer. */
final class AnswerCutOff extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param cause told only in words: it would be mistaken for what has ended this connection
     */
    AnswerCutOff(Throwable cause) {
        super("a service broke off: " + cause.getClass().getSimpleName());
    }
}
