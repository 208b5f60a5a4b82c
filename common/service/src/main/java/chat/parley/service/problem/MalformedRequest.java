package chat.parley.service.problem;

import org.springframework.http.HttpStatus;

/** The request cannot be understood: a bad cursor, a number that is none. */
public class MalformedRequest extends Failure {

    private static final long serialVersionUID = 1L;

    public MalformedRequest(String detail) {
        super(HttpStatus.BAD_REQUEST, "malformed_request", detail);
    }
}
