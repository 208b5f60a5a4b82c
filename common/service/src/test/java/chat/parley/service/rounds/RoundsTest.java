package chat.parley.service.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class RoundsTest {

    private static final Pace PACE = Pace.every(Duration.ofSeconds(10)).noneLongerThan(
        Duration.ofSeconds(35)
    );

    private final AtomicInteger begun = new AtomicInteger();
    private VirtualTimeScheduler time;

    @BeforeEach
    void stopTheClock() {
        time = VirtualTimeScheduler.getOrSet();
    }

    @AfterEach
    void letTheClockGoOn() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void takesPlaceFromTheStartToTheEndAndAgainAfterANewStart() {
        var rounds = new Counted(PACE, Mono.empty());
        assertThat(rounds.isRunning()).isFalse();

        rounds.start();
        after(9);
        assertThat(begun).hasValue(0);
        after(1);
        assertThat(begun).hasValue(1);
        after(20);
        assertThat(begun).hasValue(3);
        assertThat(rounds.isRunning()).isTrue();

        rounds.stop();
        after(100);
        assertThat(begun).hasValue(3);
        assertThat(rounds.isRunning()).isFalse();

        rounds.start();
        after(10);
        assertThat(begun).hasValue(4);
    }

    @Test
    void canBeginAtOnce() {
        new Counted(PACE.fromTheStart(), Mono.empty()).start();

        after(0);

        assertThat(begun).hasValue(1);
    }

    @Test
    void startedTwiceItStillIsOne() {
        var rounds = new Counted(PACE, Mono.empty());

        rounds.start();
        rounds.start();
        after(10);

        assertThat(begun).hasValue(1);
    }

    @Test
    void goesOnAfterARoundThatFailsOrCannotEvenBegin() {
        new Counted(PACE, Mono.error(new IllegalStateException("no"))).start();
        after(20);
        assertThat(begun).hasValue(2);

        var thrown = new AtomicInteger();
        new Rounds(PACE) {
            @Override
            protected Mono<Void> round() {
                thrown.incrementAndGet();
                throw new IllegalStateException("not even that");
            }
        }
            .start();
        after(20);
        assertThat(thrown).hasValue(2);
    }

    @Test
    void neverBeginsARoundBeforeTheLastOneHasEndedAndMakesUpForNone() {
        Sinks.Empty<Void> end = Sinks.empty();
        new Counted(PACE, end.asMono()).start();

        after(34);
        assertThat(begun).hasValue(1);

        end.tryEmitEmpty();
        after(1);
        assertThat(begun).hasValue(1);
        after(5);
        assertThat(begun).hasValue(2);
    }

    @Test
    void givesUpARoundThatHangs() {
        new Counted(PACE, Mono.never()).start();

        after(44);
        assertThat(begun).hasValue(1);
        after(6);
        assertThat(begun).hasValue(2);
    }

    @Test
    void refusesAPaceThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pace.every(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> PACE.noneLongerThan(Duration.ZERO));
    }

    private void after(int seconds) {
        time.advanceTimeBy(Duration.ofSeconds(seconds));
    }

    private final class Counted extends Rounds {

        private final Mono<Void> work;

        Counted(Pace pace, Mono<Void> work) {
            super(pace);
            this.work = work;
        }

        @Override
        protected Mono<Void> round() {
            begun.incrementAndGet();
            return work;
        }
    }
}
