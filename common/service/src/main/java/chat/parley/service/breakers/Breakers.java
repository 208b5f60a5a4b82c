package chat.parley.service.breakers;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes circuit breakers. What opens one is its owner's business; that its state is seen by Prometheus and its changes
 * stand in the log, and that it closes again, is the same for all.
 */
public final class Breakers {

    private static final Logger log = LoggerFactory.getLogger(Breakers.class);

    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();

    public Breakers(MeterRegistry meters) {
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(meters);
    }

    /**
     * What a breaker looks at: the calls of the last moments.
     *
     * @param window whole seconds, at least one
     * @param enough fewer calls than these in it tell nothing
     */
    public static CircuitBreakerConfig.Builder lookingBack(Duration window, int enough) {
        return lookingAt(Math.toIntExact(window.toSeconds()), enough, SlidingWindowType.TIME_BASED);
    }

    /**
     * What a breaker looks at: the last so many calls, however long ago they were.
     *
     * @param enough fewer calls than these, since it closed, tell nothing
     */
    public static CircuitBreakerConfig.Builder lookingBack(int calls, int enough) {
        return lookingAt(calls, enough, SlidingWindowType.COUNT_BASED);
    }

    private static CircuitBreakerConfig.Builder lookingAt(int window, int enough, SlidingWindowType type) {
        return CircuitBreakerConfig.custom().slidingWindow(
            window,
            enough,
            type,
            // Calls end on event loops, which must not wait for each other.
            SlidingWindowSynchronizationStrategy.LOCK_FREE
        );
    }

    /**
     * @param name of what is called, in metrics and in the log
     * @param sight what it looks at, and what it makes of it
     */
    public CircuitBreaker make(String name, CircuitBreakerConfig.Builder sight, Rest rest) {
        CircuitBreakerConfig config = sight
            .waitDurationInOpenState(rest.length())
            .permittedNumberOfCallsInHalfOpenState(rest.probes())
            .maxWaitDurationInHalfOpenState(rest.probesWithin())
            .build();
        CircuitBreaker breaker = registry.circuitBreaker(name, config);
        breaker
            .getEventPublisher()
            .onStateTransition(event -> log.warn("Calls to {}: {}", name, event.getStateTransition()));
        return breaker;
    }
}
