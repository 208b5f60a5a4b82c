package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.message.Doors.Death;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * An instance dies at its first call to the store or to Kafka, at its second, and so on until the whole conversation
 * passes without a death. Whenever it dies, what it acknowledged is there, once, and told of.
 */
class FaultPointsStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(240);
    private static final int STRANDS = 4;

    // Two answers that cross each other may make a step more or less.
    private static final int MARGIN = 4;

    private final long seed = Long.getLong("parley.faults.seed", new Random().nextLong());

    @ParameterizedTest
    @EnumSource(Death.class)
    void nothingIsLostOrDoubledAtWhateverStepAnInstanceDies(Death death) {
        System.out.printf("fault points, %s: -Dparley.faults.seed=%d%n", death, seed);
        List<String> steps = withoutDeath();
        assertThat(steps).as("the steps that the conversation takes").containsAll(Conversation.STEPS);

        Flux.range(0, STRANDS)
            .flatMap(strand -> strand(strand, steps.size() + MARGIN, death), STRANDS)
            .then()
            .block(PATIENCE);
    }

    private List<String> withoutDeath() {
        try (var place = new Place("faults-" + UUID.randomUUID())) {
            return place.play(new Conversation(seed), Doors.open());
        }
    }

    /** Every so many-th step, one after the other. */
    private Mono<Void> strand(int strand, int last, Death death) {
        return Mono.<Void>fromRunnable(() -> {
            try (var place = new Place("faults-" + UUID.randomUUID())) {
                for (int step = 1 + strand; step <= last; step += STRANDS) {
                    dieAt(place, step, death);
                }
            }
        }).subscribeOn(Schedulers.boundedElastic());
    }

    private void dieAt(Place place, int step, Death death) {
        var doors = Doors.endingAt(step, death);
        try {
            place.play(new Conversation(seed), doors);
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError(
                "seed %d, died %s step %d of %s".formatted(seed, death, step, doors.steps()),
                failure
            );
        }
    }
}
