package chat.parley.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.service.problem.Allowance;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeewayTest {

    private static final Claim ANNAS = new Claim("user:anna", new Rule(new Bucket("all", 10, 1_000_000)));

    private final AtomicLong nanos = new AtomicLong();
    private final Leeway leeway = new Leeway(nanos::get);

    @Test
    void letsNobodyGoAheadOfWhomNothingIsKnown() {
        assertThat(leeway.enter(ANNAS)).isFalse();
    }

    @Test
    void letsHalfABucketGoAheadAndNoMore() {
        leeway.note(ANNAS, verdict(9, null));

        assertThat(entered(20)).isEqualTo(4);
        leeway.leave(ANNAS);
        assertThat(entered(20)).isEqualTo(1);
    }

    @Test
    void letsNobodyGoAheadWhoseBucketIsHalfEmpty() {
        leeway.note(ANNAS, verdict(5, null));
        assertThat(leeway.enter(ANNAS)).isFalse();

        leeway.note(ANNAS, verdict(0, Duration.ofSeconds(1)));
        assertThat(leeway.enter(ANNAS)).isFalse();

        leeway.note(ANNAS, verdict(6, null));
        assertThat(leeway.enter(ANNAS)).isTrue();
    }

    @Test
    void forgetsWhatItKnewAfterAMoment() {
        leeway.note(ANNAS, verdict(9, null));

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(leeway.enter(ANNAS)).isTrue();
        nanos.addAndGet(1);
        assertThat(leeway.enter(ANNAS)).isFalse();
    }

    @Test
    void countsEachKindOfCallByItself() {
        leeway.note(ANNAS, verdict(9, null));

        assertThat(
            leeway.enter(new Claim("user:anna", new Rule(new Bucket("all", 10, 1), new Bucket("send", 5, 1))))
        ).isFalse();
        assertThat(leeway.enter(new Claim("user:bert", ANNAS.rule()))).isFalse();
    }

    private long entered(int tries) {
        return IntStream.range(0, tries)
            .filter(_ -> leeway.enter(ANNAS))
            .count();
    }

    private static Verdict verdict(long remaining, @Nullable Duration retryAfter) {
        return new Verdict(new Allowance(10, remaining, Duration.ofSeconds(10 - remaining)), retryAfter);
    }
}
