package chat.parley.gateway.routing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One call that a breaker has let through and waits to hear of, once. */
final class UpstreamCall {

    /** Where the exchange of a socket keeps its call. */
    static final String ATTRIBUTE = UpstreamCall.class.getName();

    private final CircuitBreaker breaker;
    private final AtomicBoolean settled = new AtomicBoolean();

    UpstreamCall(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    void succeeded(long nanos) {
        if (settled.compareAndSet(false, true)) {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        }
    }

    void failed(long nanos, Throwable cause) {
        if (settled.compareAndSet(false, true)) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, cause);
        }
    }

    /** It ended in a way that says nothing about the service. */
    void left() {
        if (settled.compareAndSet(false, true)) {
            breaker.releasePermission();
        }
    }
}
