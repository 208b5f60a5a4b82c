package chat.parley.gateway.routing;

import chat.parley.service.problem.Failure;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** The request's body is larger than its route takes. */
final class BodyTooLarge extends Failure {

    private static final long serialVersionUID = 1L;

    BodyTooLarge(DataSize limit) {
        super(
            HttpStatus.CONTENT_TOO_LARGE,
            "too_large",
            "This address takes bodies of at most " + limit.toBytes() + " bytes."
        );
    }
}
