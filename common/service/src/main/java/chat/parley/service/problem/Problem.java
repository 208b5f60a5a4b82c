package chat.parley.service.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The body of an error answer: RFC 9457 problem details with the suite's {@code code} and, for validation,
 * {@code errors}.
 *
 * @param type a URI reference that names the kind of problem
 * @param instance the path that was called
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    String code,
    @Nullable List<Field> errors
) {
    /**
     * One fault in one field.
     *
     * @param field the field's name as it stands in the request
     * @param code stable and in snake_case
     * @param message a sentence for people
     */
    public record Field(String field, String code, String message) {}

    /** What a failure is to the client that called the path. */
    public static Problem of(Failure failure, String instance) {
        return of(failure.status(), failure.code(), failure.detail(), instance);
    }

    static Problem of(HttpStatus status, String code, String detail, String instance) {
        return new Problem(
            typeOf(code),
            status.getReasonPhrase(),
            status.value(),
            detail,
            instance,
            code,
            null
        );
    }

    Problem withErrors(List<Field> fields) {
        return new Problem(type, title, status, detail, instance, code, List.copyOf(fields));
    }

    private static String typeOf(String code) {
        return "urn:parley:problem:" + code;
    }
}
