package chat.parley.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PerseveranceTest {

    private static final Duration PAUSE = Duration.ofMillis(5);

    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void endsWithTheFirstSuccess() throws InterruptedException {
        CountDownLatch succeeded = new CountDownLatch(1);
        Perseverance perseverance = new Perseverance("test", PAUSE, () -> {
            boolean third = tries.incrementAndGet() == 3;
            if (third) {
                succeeded.countDown();
            }
            return third;
        });

        perseverance.start();

        assertThat(succeeded.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(perseverance.isWanted()).isTrue();
        perseverance.stop();
        assertThat(tries).hasValue(3);
    }

    @Test
    void triesNoMoreOnceItIsStoppedAndAgainWhenItIsWantedAgain() throws InterruptedException {
        Semaphore begun = new Semaphore(0);
        Semaphore mayEnd = new Semaphore(0);
        Perseverance perseverance = new Perseverance("test", PAUSE, () -> {
            begun.release();
            mayEnd.acquireUninterruptibly();
            return false;
        });
        perseverance.start();
        assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();

        perseverance.stop();
        mayEnd.release();

        assertThat(perseverance.isWanted()).isFalse();
        assertThat(begun.tryAcquire(200, TimeUnit.MILLISECONDS)).as("a try after the stop").isFalse();
        perseverance.start();
        assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        perseverance.stop();
        mayEnd.release();
    }

    @Test
    void isDoneAtOnceWhereTheFirstTrySucceeds() {
        Perseverance perseverance = new Perseverance("test", PAUSE, () -> tries.incrementAndGet() == 1);

        perseverance.startWithOneTry();

        assertThat(tries).hasValue(1);
        assertThat(perseverance.isWanted()).isTrue();
        perseverance.stop();
        assertThat(perseverance.isWanted()).isFalse();
    }
}
