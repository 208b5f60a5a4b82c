package chat.parley.room.accounts;

import chat.parley.room.Rows;
import chat.parley.room.Transactions;
import java.time.Clock;
import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sessions, refresh tokens, counted tries and known addresses whose time is over. One instance at a time sweeps, by
 * index and in batches, and steps around rows that somebody else is about to change.
 */
@Component
class ExpiredRows {

    /** What the instances agree on as this work's lock. */
    private static final long LOCK = 0x7061_726c_6579_0001L;

    private final DatabaseClient database;
    private final Transactions transactions;
    private final AuthProperties.Sweeping properties;
    private final SignInProperties signIn;
    private final Clock clock;

    ExpiredRows(
        DatabaseClient database,
        Transactions transactions,
        AuthProperties auth,
        SignInProperties signIn,
        Clock clock
    ) {
        this.database = database;
        this.transactions = transactions;
        this.properties = auth.sweeping();
        this.signIn = signIn;
        this.clock = clock;
    }

    /** How many rows went. */
    Mono<Long> sweep() {
        return Mono.defer(() -> {
            Instant now = clock.instant();
            return Flux.just(
                new Kind("refresh_tokens", "expires_at", now),
                new Kind("sessions", "expires_at", now),
                new Kind("sign_in_tries", "full_at", now),
                new Kind("known_addresses", "last_seen_at", now.minus(signIn.knownAddressAge()))
            )
                .concatMap(this::batches)
                .reduce(0L, Long::sum);
        });
    }

    private Flux<Long> batches(Kind kind) {
        return Mono.defer(() -> batch(kind))
            .repeat(properties.batchesAtOnce() - 1L)
            .takeUntil(rows -> rows < properties.batch());
    }

    private Mono<Long> batch(Kind kind) {
        return transactions.run(
            nobodyElseSweeps()
                .filter(alone -> alone)
                .flatMap(_ -> delete(kind))
                .defaultIfEmpty(0L)
        );
    }

    private Mono<Boolean> nobodyElseSweeps() {
        return database
            .sql("SELECT pg_try_advisory_xact_lock(:lock) AS alone")
            .bind("lock", LOCK)
            .map(row -> Rows.required(row, "alone", Boolean.class))
            .one();
    }

    private Mono<Long> delete(Kind kind) {
        return database
            .sql(kind.statement())
            .bind("end", kind.end)
            .bind("batch", properties.batch())
            .fetch()
            .rowsUpdated();
    }

    /**
     * @param time the column that is before {@code end} when a row's time is over
     */
    private record Kind(String table, String time, Instant end) {
        String statement() {
            return """
            DELETE FROM %1$s WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM %1$s WHERE %2$s < :end ORDER BY %2$s LIMIT :batch FOR UPDATE SKIP LOCKED
            ))
            """.formatted(table, time);
        }
    }
}
