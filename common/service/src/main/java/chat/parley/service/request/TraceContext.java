package chat.parley.service.request;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Where a request stands in its caller's trace (W3C Trace Context, sections 3.2 and 3.3). It is handed on as it came,
 * as is right for a part that makes no spans of its own.
 *
 * @param parent the {@code traceparent}
 * @param state the {@code tracestate} that belongs to it
 */
record TraceContext(String parent, @Nullable String state) {
    static final String PARENT = "traceparent";
    static final String STATE = "tracestate";

    /** Its key in the Reactor context. */
    static final String CONTEXT_KEY = "parley.trace-context";

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    // What everybody has to hand on, and no more: whoever sends longer ones sends them to every service.
    private static final int LONGEST_STATE = 512;

    /** Null where there is none, or none that is well-formed. */
    static @Nullable TraceContext of(HttpHeaders headers) {
        String parent = headers.getFirst(PARENT);
        if (parent == null || !FORM.matcher(parent).matches()) {
            return null;
        }
        List<String> parts = headers.getOrEmpty(STATE);
        String state = String.join(",", parts);
        return new TraceContext(parent, state.isEmpty() || state.length() > LONGEST_STATE ? null : state);
    }

    void writeTo(HttpHeaders headers) {
        headers.set(PARENT, parent);
        if (state != null) {
            headers.set(STATE, state);
        }
    }
}
