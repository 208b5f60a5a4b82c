package chat.parley.gateway.routing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** What the gateway knows of the service behind a route. */
record Upstream(CircuitBreaker breaker, RetryBudget retries) {
    /** Empty while the route rests. */
    boolean letsThrough() {
        return breaker.tryAcquirePermission();
    }
}
