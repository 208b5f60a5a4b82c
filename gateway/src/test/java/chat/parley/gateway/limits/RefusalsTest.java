package chat.parley.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.service.problem.Allowance;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private static final Claim CLAIM = new Claim("a", new Rule(new Bucket("all", 4, 10_000)));

    private final AtomicLong nanos = new AtomicLong();
    private final Refusals refusals = new Refusals(nanos::get);

    @Test
    void repeatsARefusalUntilTheNextToken() {
        Allowance allowance = new Allowance(4, 0, Duration.ofMillis(40));
        refusals.remember(CLAIM, new Verdict(allowance, Duration.ofMillis(10)));

        nanos.addAndGet(Duration.ofMillis(4).toNanos());

        assertThat(refusals.find(CLAIM)).isEqualTo(
            new Verdict(new Allowance(4, 0, Duration.ofMillis(36)), Duration.ofMillis(6))
        );
        nanos.addAndGet(Duration.ofMillis(6).toNanos());
        assertThat(refusals.find(CLAIM)).isNull();
    }

    @Test
    void remembersNothingOfWhatWasGranted() {
        refusals.remember(CLAIM, new Verdict(new Allowance(4, 0, Duration.ofMillis(40)), null));

        assertThat(refusals.find(CLAIM)).isNull();
    }
}
