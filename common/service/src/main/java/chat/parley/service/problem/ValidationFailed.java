package chat.parley.service.problem;

import java.util.List;
import org.springframework.http.HttpStatus;

/** The request is well-formed, and says something that cannot be. */
public class ValidationFailed extends Failure {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem.Field> fields;

    public ValidationFailed(List<Problem.Field> fields) {
        super(HttpStatus.UNPROCESSABLE_CONTENT, "validation_failed", "Some fields are not valid.");
        this.fields = List.copyOf(fields);
    }

    /** One field with one fault. */
    public static ValidationFailed of(String field, String code, String message) {
        return new ValidationFailed(List.of(new Problem.Field(field, code, message)));
    }

    public List<Problem.Field> fields() {
        return fields;
    }
}
