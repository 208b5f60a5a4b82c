package chat.parley.service.problem;

import org.springframework.http.HttpStatus;

/** There is no such thing, or none that the caller may know of. */
public class NotFound extends Failure {

    private static final long serialVersionUID = 1L;

    public NotFound(String detail) {
        super(HttpStatus.NOT_FOUND, "not_found", detail);
    }
}
