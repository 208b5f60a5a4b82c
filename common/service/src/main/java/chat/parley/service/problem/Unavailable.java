package chat.parley.service.problem;

import java.time.Duration;
import org.springframework.http.HttpStatus;

/** A part that is needed does not answer, or has no room left; the same request may well do later. */
public class Unavailable extends Failure {

    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    public Unavailable(String detail, Duration retryAfter) {
        super(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", detail);
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
