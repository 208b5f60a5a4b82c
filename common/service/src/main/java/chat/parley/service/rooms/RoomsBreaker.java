package chat.parley.service.rooms;

import chat.parley.service.breakers.Breakers;
import chat.parley.service.breakers.Rest;
import chat.parley.service.problem.Unavailable;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.core.codec.CodecException;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;

/**
 * Keeps callers from waiting, one after the other, for a room-service that does not answer: once half of the calls
 * fail, all are refused at once for a while, then a few are let through to see.
 */
final class RoomsBreaker {

    private static final String DETAIL = "Rooms and members cannot be looked up right now.";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Duration timeout;
    private final Duration openFor;
    private final CircuitBreaker breaker;

    RoomsBreaker(RoomsProperties properties, MeterRegistry meters) {
        this.timeout = properties.timeout();
        this.openFor = properties.breaker().openFor();
        this.breaker = new Breakers(meters).make(
            "rooms",
            Breakers.lookingBack(properties.breaker().window(), properties.breaker().calls())
                .failureRateThreshold(properties.breaker().failurePercent())
                .recordException(RoomsBreaker::isOutage),
            Rest.of(openFor).withProbes(properties.breaker().probes())
        );
    }

    /** Whoever says that there is no such thing, or that this may not be asked, does answer. */
    private static boolean isOutage(Throwable failure) {
        return (
            !(failure instanceof WebClientResponseException refusal) ||
            !refusal.getStatusCode().is4xxClientError()
        );
    }

    /**
     * The answer, in time; empty for what does not exist.
     *
     * @throws Unavailable (in the Mono) if there is none, or nobody asks at present
     */
    <T> Mono<T> guard(Mono<T> answer) {
        return answer
            .timeout(timeout)
            .transformDeferred(CircuitBreakerOperator.of(breaker))
            .onErrorResume(WebClientResponseException.NotFound.class, _ -> Mono.empty())
            .onErrorMap(CallNotPermittedException.class, _ -> new Unavailable(DETAIL, openFor))
            .onErrorMap(WebClientException.class, RoomsBreaker::unavailable)
            .onErrorMap(CodecException.class, RoomsBreaker::unavailable)
            .onErrorMap(TimeoutException.class, RoomsBreaker::unavailable);
    }

    private static Unavailable unavailable(Throwable cause) {
        Unavailable unavailable = new Unavailable(DETAIL, RETRY_AFTER);
        unavailable.addSuppressed(cause);
        return unavailable;
    }
}
