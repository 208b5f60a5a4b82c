package chat.parley.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LocalBucketsTest {

    private static final Bucket ALL = new Bucket("all", 4, 10_000);
    private static final Bucket SEND = new Bucket("send", 2, 50_000);

    private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
    private final LocalBuckets buckets = new LocalBuckets(nanos::get);

    @Test
    void givesABurstAndThenOneAtATime() {
        Claim claim = new Claim("a", new Rule(ALL));

        for (int left = 3; left >= 0; left--) {
            Verdict verdict = buckets.take(claim);
            assertThat(verdict.isGranted()).isTrue();
            assertThat(verdict.allowance().limit()).isEqualTo(4);
            assertThat(verdict.allowance().remaining()).isEqualTo(left);
        }
        Verdict refused = buckets.take(claim);

        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(10));
        assertThat(refused.allowance().remaining()).isZero();
        assertThat(refused.allowance().reset()).isEqualTo(Duration.ofMillis(40));
        pass(Duration.ofMillis(10).minusNanos(1_000));
        assertThat(buckets.take(claim).isGranted()).isFalse();
        pass(Duration.ofNanos(1_000));
        assertThat(buckets.take(claim).isGranted()).isTrue();
        assertThat(buckets.take(claim).isGranted()).isFalse();
    }

    @Test
    void takesFromEveryBucketOrFromNone() {
        Claim send = new Claim("a", new Rule(ALL, SEND));
        Claim other = new Claim("a", new Rule(ALL));

        assertThat(buckets.take(send).allowance().limit()).as("the tighter one").isEqualTo(2);
        assertThat(buckets.take(send).isGranted()).isTrue();
        assertThat(buckets.take(send).retryAfter()).isEqualTo(Duration.ofMillis(50));
        assertThat(buckets.take(other).allowance().remaining()).as("two spent, not three").isEqualTo(1);
    }

    @Test
    void keepsHoldersApart() {
        Rule rule = new Rule(ALL);
        for (int i = 0; i < 5; i++) {
            buckets.take(new Claim("a", rule));
        }

        assertThat(buckets.take(new Claim("b", rule)).allowance().remaining()).isEqualTo(3);
    }

    /** In no span of time does anyone get more than a burst and what has come back in that span. */
    @RepeatedTest(20)
    void neverGivesMoreThanItHas() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Bucket bucket = new Bucket("all", 1 + random.nextInt(20), 1 + random.nextInt(100_000));
        Claim claim = new Claim("a", new Rule(bucket));
        Deque<Long> granted = new ArrayDeque<>();

        for (int i = 0; i < 2_000; i++) {
            pass(Duration.ofNanos((long) (random.nextDouble() * bucket.micros() * 2_000)));
            if (buckets.take(claim).isGranted()) {
                granted.addLast(nanos.get());
                long since = granted.getFirst();
                double most = bucket.burst() + (nanos.get() - since) / (bucket.micros() * 1_000) + 1e-6;
                assertThat((double) granted.size()).as("seed %d", seed).isLessThanOrEqualTo(most);
            }
            if (random.nextInt(50) == 0) {
                granted.clear();
            }
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
