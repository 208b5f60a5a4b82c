package chat.parley.service.breakers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BreakersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Breakers breakers = new Breakers(meters);

    @Test
    void openWhenHalfOfTheLastCallsHaveFailedAndSaySo() {
        CircuitBreaker breaker = breakers.make("rooms", Breakers.lookingBack(10, 4), Rest.of(PATIENCE));

        fail(breaker);
        succeed(breaker);
        succeed(breaker);
        assertThat(isOpen("rooms")).isFalse();
        fail(breaker);

        assertThat(breaker.tryAcquirePermission()).isFalse();
        assertThat(isOpen("rooms")).isTrue();
    }

    @Test
    void rememberNoCallsOfLongAgo() {
        CircuitBreaker breaker = breakers.make(
            "rooms",
            Breakers.lookingBack(Duration.ofSeconds(1), 2),
            Rest.of(PATIENCE)
        );
        fail(breaker);
        await()
            .atMost(PATIENCE)
            .until(() -> breaker.getMetrics().getNumberOfFailedCalls() == 0);

        fail(breaker);

        assertThat(breaker.tryAcquirePermission()).isTrue();
    }

    @Test
    void askAgainThoughTheCallerOfAProbeHasGone() {
        CircuitBreaker breaker = breakers.make("rooms", Breakers.lookingBack(10, 2), Rest.of(MOMENT));
        breaker.transitionToOpenState();
        await().atMost(PATIENCE).until(breaker::tryAcquirePermission);

        // Nobody tells what became of that one.
        await()
            .atMost(PATIENCE)
            .until(() -> closesAfterASuccess(breaker));
    }

    private static boolean closesAfterASuccess(CircuitBreaker breaker) {
        if (breaker.tryAcquirePermission()) {
            succeed(breaker);
        }
        return breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    @Test
    void doNotRestForNoTime() {
        assertThatIllegalArgumentException().isThrownBy(() -> Rest.of(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Rest.of(MOMENT).withProbes(0));
    }

    private static void fail(CircuitBreaker breaker) {
        breaker.onError(0, TimeUnit.NANOSECONDS, new IOException("broken"));
    }

    private static void succeed(CircuitBreaker breaker) {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    private boolean isOpen(String name) {
        return (
            meters
                .get("resilience4j.circuitbreaker.state")
                .tags("name", name, "state", "open")
                .gauge()
                .value() ==
            1
        );
    }
}
