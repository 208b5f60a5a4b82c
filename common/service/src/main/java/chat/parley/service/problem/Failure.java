package chat.parley.service.problem;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Something a client did, asked for or has to live with, told to it as a problem. Each service has one sealed family
 * of these. It carries no stack trace: it is an answer, not an accident.
 */
public abstract class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;

    /**
     * @param code stable and in snake_case: what clients decide by
     * @param detail one sentence for people, without anything internal
     */
    protected Failure(HttpStatus status, String code, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    /** After how long another try makes sense; null if waiting does not help. */
    public @Nullable Duration retryAfter() {
        return null;
    }
}
