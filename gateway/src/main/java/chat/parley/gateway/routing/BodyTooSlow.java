package chat.parley.gateway.routing;

import chat.parley.service.problem.Failure;
import org.springframework.http.HttpStatus;

/** The request's body comes so slowly that nobody waits for it. */
final class BodyTooSlow extends Failure {

    private static final long serialVersionUID = 1L;

    BodyTooSlow() {
        super(HttpStatus.REQUEST_TIMEOUT, "request_timeout", "The request's body did not come in time.");
    }
}
