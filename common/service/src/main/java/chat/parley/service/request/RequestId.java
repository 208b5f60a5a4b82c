package chat.parley.service.request;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.server.ServerWebExchange;

/** The name of one request, from the client or made here. */
public final class RequestId {

    /** The header that carries it, in requests and in answers. */
    public static final String HEADER = "X-Request-Id";

    /** Its name in the logging context. */
    public static final String MDC_KEY = "request_id";

    /** Its key in the Reactor context, and among the exchange's attributes. */
    public static final String CONTEXT_KEY = "parley.request-id";

    // What can stand in a log line and a header without any escaping; the rest is not worth keeping.
    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final TimeBasedEpochRandomGenerator GENERATOR = Generators.timeBasedEpochRandomGenerator();

    private RequestId() {}

    /** The one of a request that {@link RequestIdFilter} has seen. */
    public static String of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(CONTEXT_KEY);
    }

    /** Names the request in all that this thread logs until the scope is closed, where no operator has done so. */
    public static MDC.MDCCloseable inLog(ServerWebExchange exchange) {
        String id = exchange.getAttribute(CONTEXT_KEY);
        return MDC.putCloseable(MDC_KEY, id == null ? "" : id);
    }

    /** The given id if it is fit to be logged, else a new one. */
    public static String orNew(@Nullable String given) {
        return given != null && ACCEPTABLE.matcher(given).matches() ? given : GENERATOR.generate().toString();
    }
}
