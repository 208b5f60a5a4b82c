package chat.parley.room.outbox;

import chat.parley.room.Rows;
import chat.parley.room.Transactions;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The outbox from its other end. */
@Component
class WaitingEvents {

    private static final String AGE =
        "(greatest(0, extract(epoch FROM clock_timestamp() - created_at)) * 1000)::bigint";

    private final DatabaseClient database;
    private final Transactions transactions;

    WaitingEvents(DatabaseClient database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * Hands over the oldest events of all lanes that nobody else has, and forgets those that were dealt with. No other
     * instance sees the lanes meanwhile, so a room's events keep their order.
     *
     * @param dealing gives the ids of those that need not come again
     * @return how many these were
     */
    Mono<Integer> take(int most, Function<List<WaitingEvent>, Mono<List<Long>>> dealing) {
        return transactions.run(
            lockLanes()
                .filter(lanes -> !lanes.isEmpty())
                .flatMap(lanes -> oldest(lanes, most))
                .flatMap(dealing)
                .flatMap(done -> forget(done).thenReturn(done.size()))
                .defaultIfEmpty(0)
        );
    }

    private Mono<List<Short>> lockLanes() {
        return database
            .sql(
                """
                SELECT l.lane FROM outbox_lanes l
                WHERE EXISTS (SELECT 1 FROM outbox o WHERE o.lane = l.lane)
                ORDER BY l.lane
                FOR UPDATE SKIP LOCKED
                """
            )
            .map(row -> Rows.required(row, "lane", Short.class))
            .all()
            .collectList();
    }

    /**
     * The same number of each lane: the ten thousand who are told of a large room's end keep only its own lane busy.
     * A statement of its own, begun after the locks were had: it sees what the lanes' last holder has left.
     */
    private Mono<List<WaitingEvent>> oldest(List<Short> lanes, int most) {
        return database
            .sql(
                """
                SELECT event.* FROM unnest(:lanes) AS held (lane)
                CROSS JOIN LATERAL (
                    SELECT id, room_id, key, payload, %s AS age FROM outbox
                    WHERE lane = held.lane
                    ORDER BY id
                    LIMIT :share
                ) event
                ORDER BY id
                """.formatted(AGE)
            )
            .bind("lanes", lanes.toArray(Short[]::new))
            .bind("share", Math.max(1, most / lanes.size()))
            .map(row ->
                new WaitingEvent(
                    Rows.number(row, "id"),
                    Rows.required(row, "room_id", UUID.class),
                    Rows.required(row, "key", String.class),
                    Rows.required(row, "payload", String.class),
                    ageOf(row)
                )
            )
            .all()
            .collectList();
    }

    private Mono<Void> forget(List<Long> ids) {
        if (ids.isEmpty()) {
            return Mono.empty();
        }
        return database
            .sql("DELETE FROM outbox WHERE id = ANY(:ids)")
            .bind("ids", ids.toArray(Long[]::new))
            .then();
    }

    /** How long the oldest one has waited; empty if there is none. */
    Mono<Duration> oldestAge() {
        return database
            .sql("SELECT " + AGE + " AS age FROM outbox ORDER BY id LIMIT 1")
            .map(WaitingEvents::ageOf)
            .one();
    }

    private static Duration ageOf(Readable row) {
        return Duration.ofMillis(Rows.number(row, "age"));
    }
}
