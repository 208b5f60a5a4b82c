package chat.parley.room.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.room.RoomEvent.RoomDeleted;
import chat.parley.room.Outbox;
import chat.parley.room.OwnSchema;
import chat.parley.room.RoomServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** On an outbox of its own, which the running service's relay leaves alone. */
@RoomServiceTest
class WaitingEventsStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    private R2dbcConnectionDetails postgres;

    private OwnSchema schema;
    private Outbox outbox;

    @BeforeEach
    void anEmptyOutbox() {
        schema = OwnSchema.with(postgres, "own_outbox", "outbox", "outbox_lanes");
        schema
            .database()
            .sql("INSERT INTO outbox_lanes (lane) SELECT generate_series(0, 15)")
            .then()
            .block(PATIENCE);
        outbox = new Outbox(schema.database(), schema.transactions());
    }

    @Test
    void handsEverythingOverOnceAndARoomsEventsInTheirOrderToInstancesThatCompete() {
        List<RoomId> rooms = Stream.generate(RoomId::random).limit(9).toList();
        Map<RoomId, List<EventId>> written = new HashMap<>();
        IntStream.range(0, 180).forEach(i -> write(rooms.get(i % rooms.size()), written));
        Map<UUID, List<String>> relayed = new HashMap<>();

        Flux.range(0, 3)
            .flatMap(_ -> instance(relayed), 3)
            .blockLast(PATIENCE);

        written.forEach((room, events) ->
            assertThat(relayed.get(room.value())).zipSatisfy(events, (payload, id) ->
                assertThat(payload).contains(id.toString())
            )
        );
        assertThat(
            waiting()
                .take(10, _ -> Mono.just(List.of(-1L)))
                .block(PATIENCE)
        ).isZero();
    }

    @Test
    void letsNoRoomWaitForTheManyEventsOfAnother() {
        RoomId large = RoomId.random();
        List<RoomDeleted> many = Stream.generate(() ->
            new RoomDeleted(EventId.random(), Instant.EPOCH, null, large)
        )
            .limit(3_000)
            .toList();
        outbox.commit(outbox.append(many)).block(PATIENCE);
        List<RoomId> others = Stream.generate(RoomId::random)
            .filter(room -> Math.floorMod(room.hashCode(), 16) != Math.floorMod(large.hashCode(), 16))
            .limit(8)
            .toList();
        others.forEach(room -> write(room, new HashMap<>()));
        List<UUID> first = new ArrayList<>();

        waiting()
            .take(100, events -> {
                events.forEach(event -> first.add(event.room()));
                return Mono.just(List.of());
            })
            .block(PATIENCE);

        assertThat(first).contains(large.value()).hasSizeLessThanOrEqualTo(100);
        others.forEach(room -> assertThat(first).contains(room.value()));
    }

    @Test
    void keepsWhatWasNotDealtWith() {
        RoomId room = RoomId.random();
        IntStream.range(0, 3).forEach(_ -> write(room, new HashMap<>()));
        List<Long> seen = new ArrayList<>();

        waiting()
            .take(10, events -> Mono.just(List.of(events.getFirst().id())))
            .block(PATIENCE);
        waiting()
            .take(10, events -> {
                events.forEach(event -> seen.add(event.id()));
                return Mono.just(List.of());
            })
            .block(PATIENCE);

        assertThat(seen).hasSize(2).isSorted();
        assertThat(waiting().oldestAge().block(PATIENCE)).isPositive();
    }

    @Test
    void letsNoCommitFailBecauseAnotherIsBeingTold() {
        Disposable slow = outbox.commits().subscribe(_ -> takeTime());

        List<Integer> committed = Flux.range(0, 6)
            .flatMap(i -> outbox.commit(outbox.append(List.of()).thenReturn(i)), 6)
            .collectList()
            .block(PATIENCE);

        slow.dispose();
        assertThat(committed).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    }

    private static void takeTime() {
        long end = System.nanoTime() + Duration.ofMillis(120).toNanos();
        while (System.nanoTime() < end) {
            // Busy: a thread of the database's driver must not wait.
        }
    }

    private void write(RoomId room, Map<RoomId, List<EventId>> written) {
        EventId id = EventId.random();
        RoomDeleted event = new RoomDeleted(id, Instant.EPOCH, null, room);
        outbox.commit(outbox.append(List.of(event))).block(PATIENCE);
        written.computeIfAbsent(room, _ -> new ArrayList<>()).add(id);
    }

    /** Takes a few at a time, slowly enough for others to come in between, until there is nothing left. */
    private Mono<Void> instance(Map<UUID, List<String>> relayed) {
        return schema
            .database()
            .sql("SELECT count(*) AS left_over FROM outbox")
            .map(row -> row.get("left_over", Long.class))
            .one()
            .flatMap(before ->
                waiting()
                    .take(7, events -> deal(events, relayed))
                    .thenReturn(before)
            )
            .repeat()
            .takeUntil(before -> before == 0)
            .then();
    }

    private static Mono<List<Long>> deal(List<WaitingEvent> events, Map<UUID, List<String>> relayed) {
        return Mono.delay(Duration.ofMillis(5)).map(_ -> {
            synchronized (relayed) {
                events.forEach(event ->
                    relayed.computeIfAbsent(event.room(), _ -> new ArrayList<>()).add(event.payload())
                );
            }
            return events.stream().map(WaitingEvent::id).toList();
        });
    }

    private WaitingEvents waiting() {
        return new WaitingEvents(schema.database(), schema.transactions());
    }
}
