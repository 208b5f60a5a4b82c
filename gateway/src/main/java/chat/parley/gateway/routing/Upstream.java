package chat.parley.gateway.routing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway knows of the service behind a route.
 *
 * @param address scheme, host and port
 * @param patience how long an answer may take to begin; null if as long as it likes
 */
record Upstream(String address, @Nullable Duration patience, CircuitBreaker breaker, RetryBudget retries) {
    /** Empty while the route rests. */
    boolean letsThrough() {
        return breaker.tryAcquirePermission();
    }
}
