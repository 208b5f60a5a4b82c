package chat.parley.service.problem;

import org.springframework.http.HttpStatus;

/** The caller knows of it and may not do this to it. */
public class Forbidden extends Failure {

    private static final long serialVersionUID = 1L;

    public Forbidden(String detail) {
        super(HttpStatus.FORBIDDEN, "forbidden", detail);
    }
}
