package chat.parley.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.contracts.Event;
import chat.parley.contracts.Topic;
import chat.parley.contracts.connection.ConnectionEvent;
import chat.parley.contracts.connection.ConnectionEvent.NodeAlive;
import chat.parley.contracts.json.MalformedEvent;
import chat.parley.contracts.presence.PresenceEvent;
import chat.parley.contracts.presence.PresenceEvent.UserOnline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.kafka.listener.BatchListenerFailedException;
import reactor.core.publisher.Mono;

class EventIntakeTest {

    private static final String ONLINE = """
        {"type": "user.online", "event_id": "01990000-0000-7000-8000-000000000001", "at": "2026-11-22T10:20:30.456Z",
         "user_id": "01990000-aaaa-7bbb-8ccc-ddddeeeeffff", "room_ids": []}""";

    private static final byte[] ALIVE = """
        {"type": "node.alive", "event_id": "01990000-0000-7000-8000-000000000003", "at": "2026-11-22T10:20:30.456Z",
         "node_id": "node-a"}""".getBytes(StandardCharsets.UTF_8);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EventIntake<PresenceEvent> intake = new EventIntake<>(PresenceEvent.class, meters);

    @Test
    void returnsOnlyOnceTheEventHasBeenDigested() {
        List<PresenceEvent> digested = new ArrayList<>();

        intake.digest(record(ONLINE), event ->
            Mono.delay(Duration.ofMillis(50))
                .doOnNext(_ -> digested.add(event))
                .then()
        );

        assertThat(digested).singleElement().isInstanceOf(UserOnline.class);
    }

    @Test
    void countsAndLeavesWhatANewerServiceTells() {
        intake.digest(record(ONLINE.replace("user.online", "user.dreaming")), _ ->
            Mono.error(new IllegalStateException("nobody knows this one"))
        );

        assertThat(meters.counter("parley.events.unknown", "family", "PresenceEvent").count()).isEqualTo(1);
    }

    @Test
    void throwsWhatTheContainerDecidesBy() {
        assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(() ->
            intake.digest(record(ONLINE), _ -> Mono.error(new QueryTimeoutException("late")))
        );
        assertThatExceptionOfType(MalformedEvent.class).isThrownBy(() ->
            intake.digest(record("{]"), _ -> Mono.empty())
        );
    }

    @Test
    void namesTheRecordThatABatchFailsByAndNoOther() {
        List<ConsumerRecord<String, byte[]>> batch = List.of(
            record(ONLINE),
            record(ONLINE.replace("user.online", "user.dreaming")),
            record(ONLINE.replace("000000000001", "000000000002")),
            record(ONLINE)
        );
        List<PresenceEvent> digested = new ArrayList<>();

        assertThatExceptionOfType(BatchListenerFailedException.class)
            .isThrownBy(() -> intake.digestAll(batch, events -> digestUnlessPoisoned(events, digested)))
            .withCauseInstanceOf(IllegalStateException.class)
            .satisfies(failed -> assertThat(failed.getIndex()).isEqualTo(2));

        assertThat(digested).hasSize(1);
    }

    @Test
    void digestsWhatComesBeforeAnUnreadableRecord() {
        List<PresenceEvent> digested = new ArrayList<>();

        assertThatExceptionOfType(BatchListenerFailedException.class)
            .isThrownBy(() ->
                intake.digestAll(List.of(record(ONLINE), record("{]"), record(ONLINE)), events ->
                    digestUnlessPoisoned(events, digested)
                )
            )
            .satisfies(failed -> assertThat(failed.getIndex()).isEqualTo(1));

        assertThat(digested).hasSize(1);
    }

    @Test
    void readsEachTopicAsItsFamily() {
        EventIntake<Event> both = new EventIntake<>(
            Map.of(Topic.PRESENCE, PresenceEvent.class, Topic.CONNECTIONS, ConnectionEvent.class),
            meters
        );
        List<Event> digested = new ArrayList<>();

        both.digestAll(
            List.of(record(ONLINE), new ConsumerRecord<>("chat.connections", 0, 0, "key", ALIVE)),
            events -> Mono.fromRunnable(() -> digested.addAll(events))
        );

        assertThat(digested).hasExactlyElementsOfTypes(UserOnline.class, NodeAlive.class);
    }

    private static Mono<Void> digestUnlessPoisoned(List<PresenceEvent> events, List<PresenceEvent> digested) {
        if (events.stream().anyMatch(event -> event.eventId().toString().endsWith("2"))) {
            return Mono.error(new IllegalStateException("poison"));
        }
        digested.addAll(events);
        return Mono.empty();
    }

    private static ConsumerRecord<String, byte[]> record(String value) {
        return new ConsumerRecord<>("chat.presence", 0, 0, "key", value.getBytes(StandardCharsets.UTF_8));
    }
}
