package chat.parley.gateway.limits;

import chat.parley.service.breakers.Breakers;
import chat.parley.service.breakers.Rest;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Decides about claims. All gateways decide together in Redis; while it is away or slow, each decides alone by the same
 * limits: nobody is let in without a limit, and nobody is kept out for want of Redis.
 */
@Component
final class RateLimits {

    private static final int WINDOW = 20;
    private static final int ENOUGH_CALLS = 5;

    private final SharedBuckets shared;
    private final LocalBuckets local = new LocalBuckets(Ticker.systemTicker());
    private final Refusals refusals = new Refusals(Ticker.systemTicker());
    private final Leeway leeway;
    private final CircuitBreaker breaker;
    private final Counter granted;
    private final Counter refused;
    private final Counter alone;

    @Autowired
    RateLimits(SharedBuckets shared, RedisSettings settings, MeterRegistry meters) {
        this(shared, settings, meters, new Leeway(Ticker.systemTicker()));
    }

    RateLimits(SharedBuckets shared, RedisSettings settings, MeterRegistry meters, Leeway leeway) {
        this.shared = shared;
        this.leeway = leeway;
        this.breaker = new Breakers(meters).make(
            "limits",
            Breakers.lookingBack(WINDOW, ENOUGH_CALLS),
            Rest.of(settings.retryAfter())
        );
        this.granted = counter(meters, "granted");
        this.refused = counter(meters, "refused");
        this.alone = Counter.builder("parley.limits.alone")
            .description("Claims that this gateway decided without Redis")
            .register(meters);
    }

    private static Counter counter(MeterRegistry meters, String verdict) {
        return Counter.builder("parley.limits.claims")
            .description("Calls that were counted against a limit")
            .tag("verdict", verdict)
            .register(meters);
    }

    /**
     * The verdict on a call that {@linkplain Leeway need not wait} for it, to be had more than once; null if it must wait.
     */
    @Nullable
    Mono<Verdict> decideMeanwhile(Claim claim) {
        return leeway.enter(claim)
            ? decide(claim)
                  .doFinally(_ -> leeway.leave(claim))
                  .cache()
            : null;
    }

    Mono<Verdict> decide(Claim claim) {
        Verdict known = refusals.find(claim);
        Mono<Verdict> verdict = known == null ? ask(claim) : Mono.just(known);
        return verdict.doOnNext(decided -> (decided.isGranted() ? granted : refused).increment());
    }

    private Mono<Verdict> ask(Claim claim) {
        return shared
            .take(claim)
            .transformDeferred(CircuitBreakerOperator.of(breaker))
            .doOnNext(verdict -> note(claim, verdict))
            .onErrorResume(_ -> decideAlone(claim));
    }

    /** What is granted together is taken here as well: going on alone begins with what is left, not with full buckets. */
    private void note(Claim claim, Verdict verdict) {
        leeway.note(claim, verdict);
        if (verdict.isGranted()) {
            local.take(claim);
        } else {
            refusals.remember(claim, verdict);
        }
    }

    private Mono<Verdict> decideAlone(Claim claim) {
        alone.increment();
        return Mono.just(local.take(claim));
    }
}
