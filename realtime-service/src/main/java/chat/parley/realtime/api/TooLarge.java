package chat.parley.realtime.api;

import chat.parley.service.problem.Failure;
import org.springframework.http.HttpStatus;

/** An event with more data than the protocol carries. */
final class TooLarge extends Failure {

    private static final long serialVersionUID = 1L;

    TooLarge(String detail) {
        super(HttpStatus.CONTENT_TOO_LARGE, "too_large", detail);
    }
}
