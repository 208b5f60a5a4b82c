package chat.parley.gateway.routing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.stereotype.Component;

/** A circuit breaker and a budget for second tries of each route; Prometheus sees what state they are in. */
@Component
final class Upstreams {

    private static final Logger log = LoggerFactory.getLogger(Upstreams.class);
    private static final Duration NEVER = Duration.ofDays(1);
    // In rests.
    private static final int LONGEST_PROBE = 5;

    private final UpstreamProperties properties;
    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    private final Map<String, Upstream> byRoute = new ConcurrentHashMap<>();

    Upstreams(UpstreamProperties properties, MeterRegistry meters) {
        this.properties = properties;
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    }

    /** There are as many as routes are configured. */
    Upstream of(Route route) {
        Upstream known = byRoute.get(route.getId());
        return known == null ? byRoute.computeIfAbsent(route.getId(), _ -> upstream(route)) : known;
    }

    Duration slow() {
        return properties.slow();
    }

    Duration rest() {
        return properties.rest();
    }

    private Upstream upstream(Route route) {
        CircuitBreaker breaker = breakers.circuitBreaker(route.getId(), config(isPatient(route)));
        breaker
            .getEventPublisher()
            .onStateTransition(event -> log.warn("Route {}: {}", route.getId(), event.getStateTransition()));
        return new Upstream(breaker, new RetryBudget(properties.retryRate()));
    }

    /** Uploads and sockets take as long as people do. */
    private static boolean isPatient(Route route) {
        return "-1".equals(String.valueOf(route.getMetadata().get(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR)));
    }

    private CircuitBreakerConfig config(boolean patient) {
        return CircuitBreakerConfig.custom()
            .slidingWindow(
                Math.toIntExact(properties.window().toSeconds()),
                properties.minimumCalls(),
                SlidingWindowType.TIME_BASED,
                // Calls end on event loops, which must not wait for each other.
                SlidingWindowSynchronizationStrategy.LOCK_FREE
            )
            .failureRateThreshold(properties.failureRate())
            .slowCallDurationThreshold(patient ? NEVER : properties.slow())
            .slowCallRateThreshold(properties.slowRate())
            .waitDurationInOpenState(properties.rest())
            // One call decides. With more, a route that few use would rest again before they have come.
            .permittedNumberOfCallsInHalfOpenState(1)
            // A probe that is never answered must not keep everybody out for good.
            .maxWaitDurationInHalfOpenState(properties.rest().multipliedBy(LONGEST_PROBE))
            .build();
    }
}
