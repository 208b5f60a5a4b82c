package chat.parley.service.request;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Carries the id from the Reactor context into the logging context of whichever thread does the work. */
public final class RequestIdAccessor implements ThreadLocalAccessor<String> {

    /**
     * From now on it is the only one in this JVM. Libraries bring more, which carry the exchange, the security context
     * and the observation to threads that nobody asks for them, several dozen times a call.
     */
    static void carryNothingElse() {
        ContextRegistry registry = ContextRegistry.getInstance();
        registry
            .getThreadLocalAccessors()
            .stream()
            .filter(accessor -> !(accessor instanceof RequestIdAccessor))
            .map(ThreadLocalAccessor::key)
            .toList()
            .forEach(registry::removeThreadLocalAccessor);
    }

    @Override
    public Object key() {
        return RequestId.CONTEXT_KEY;
    }

    @Override
    public @Nullable String getValue() {
        return MDC.get(RequestId.MDC_KEY);
    }

    @Override
    public void setValue(String id) {
        MDC.put(RequestId.MDC_KEY, id);
    }

    @Override
    public void setValue() {
        MDC.remove(RequestId.MDC_KEY);
    }
}
