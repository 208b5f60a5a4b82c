package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** An instance is one incarnation at a time: what another one has written in its name would wait for its burial. */
class LeaseStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void isBornOnceHoweverManyAskForItAtOnce() {
        var database = "lease-" + UUID.randomUUID();
        try (var instance = Instance.stepping(database, new KafkaLog(), Doors.open())) {
            var lease = instance.lease;

            var incarnations = Flux.range(0, 16)
                .flatMap(_ -> lease.require(), 16)
                .distinct()
                .collectList()
                .block(PATIENCE);

            assertThat(incarnations).hasSize(1);
            assertThat(lease.isOver(incarnations.getFirst())).isFalse();
            assertThat(
                instance.store
                    .many(Lease.COLLECTION, all -> all.find())
                    .collectList()
                    .block(PATIENCE)
            )
                .extracting(found -> found.getString("_id"))
                .isEqualTo(incarnations);
        }
    }
}
