package chat.parley.realtime.api;

import chat.parley.service.problem.Failure;
import org.springframework.http.HttpStatus;

/** A request that does not prove to come from the app's server. */
final class Unsigned extends Failure {

    private static final long serialVersionUID = 1L;

    Unsigned(String detail) {
        super(HttpStatus.UNAUTHORIZED, "unauthenticated", detail);
    }
}
