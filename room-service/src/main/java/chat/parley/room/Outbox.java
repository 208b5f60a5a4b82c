package chat.parley.room;

import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.room.RoomEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;
import reactor.core.publisher.Sinks.EmitResult;

/**
 * Events on their way to Kafka, written in the transaction of the change that they tell of: both happen or neither.
 * A room's events keep the order in which its lock was held.
 */
@Component
public class Outbox {

    /** How many rows {@code outbox_lanes} has. */
    private static final int LANES = 16;

    private static final EventCodec<RoomEvent> CODEC = EventCodec.of(RoomEvent.class);
    // However long the others take: what has committed must not be answered as a failure. They only start a round.
    private static final EmitFailureHandler WAIT_FOR_OTHERS = (_, result) ->
        result == EmitResult.FAIL_NON_SERIALIZED;

    private final DatabaseClient database;
    private final Transactions transactions;
    private final Sinks.Many<Boolean> commits = Sinks.many().multicast().directBestEffort();

    public Outbox(DatabaseClient database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /** Runs the work in one transaction; what it {@link #append appends} is relayed as soon as it has committed. */
    public <T> Mono<T> commit(Mono<T> work) {
        return transactions.run(work).doOnSuccess(_ -> commits.emitNext(true, WAIT_FOR_OTHERS));
    }

    /** Ticks after each {@link #commit} of this instance. */
    public Flux<Boolean> commits() {
        return commits.asFlux();
    }

    /** Within a transaction: tells of these, in this order. */
    public Mono<Void> append(List<? extends RoomEvent> events) {
        if (events.isEmpty()) {
            return Mono.empty();
        }
        return database
            .sql(
                """
                INSERT INTO outbox (lane, room_id, key, payload)
                SELECT lane, room_id, key, payload
                FROM unnest(:lanes, :rooms, :keys, :payloads) WITH ORDINALITY
                    AS event (lane, room_id, key, payload, place)
                ORDER BY place
                """
            )
            .bind("lanes", events.stream().map(Outbox::laneOf).toArray(Short[]::new))
            .bind(
                "rooms",
                events
                    .stream()
                    .map(event -> event.roomId().value())
                    .toArray(UUID[]::new)
            )
            .bind("keys", events.stream().map(RoomEvent::key).toArray(String[]::new))
            .bind("payloads", events.stream().map(Outbox::payloadOf).toArray(String[]::new))
            .then();
    }

    private static short laneOf(RoomEvent event) {
        return (short) Math.floorMod(event.roomId().hashCode(), LANES);
    }

    private static String payloadOf(RoomEvent event) {
        return new String(CODEC.write(event), StandardCharsets.UTF_8);
    }
}
