package chat.parley.room.accounts;

import chat.parley.room.Rows;
import chat.parley.service.problem.Allowance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Token buckets of tries, the same for all instances. Of a bucket there is only the time at which it is full again:
 * each try puts that off by the time it takes to win one back, and there is none left when it lies a window ahead.
 */
@Component
class Tries {

    private static final double MICROS = 1_000_000;

    // Whoever takes or gives back two locks them in the same order, or two of them would wait for each other: the second
    // is reached through what has become of the first.
    private static final String TAKE = """
        WITH first AS (
            INSERT INTO sign_in_tries AS t (bucket, full_at) VALUES (:bucket1, :next1)
            ON CONFLICT (bucket) DO UPDATE SET full_at = greatest(t.full_at, :now) + make_interval(secs => :pace1)
            WHERE greatest(t.full_at, :now) <= :latest1
            RETURNING 1
        ), second AS (
            INSERT INTO sign_in_tries AS t (bucket, full_at)
            SELECT :bucket2, :next2 WHERE (SELECT count(*) FROM first) = 1
            ON CONFLICT (bucket) DO UPDATE SET full_at = greatest(t.full_at, :now) + make_interval(secs => :pace2)
            WHERE greatest(t.full_at, :now) <= :latest2
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM first) + (SELECT count(*) FROM second) AS taken
        """;
    private static final String GIVE_BACK =
        "UPDATE sign_in_tries SET full_at = full_at - make_interval(secs => :pace) WHERE bucket = :bucket";
    private static final String GIVE_BOTH_BACK = """
        WITH first AS (
            UPDATE sign_in_tries SET full_at = full_at - make_interval(secs => :pace1) WHERE bucket = :bucket1
            RETURNING 1
        )
        UPDATE sign_in_tries SET full_at = full_at - make_interval(secs => :pace2)
        WHERE bucket = :bucket2 AND (SELECT count(*) FROM first) >= 0
        """;

    private final DatabaseClient database;
    private final Duration window;
    private final Clock clock;

    Tries(DatabaseClient database, SignInProperties properties, Clock clock) {
        this.database = database;
        this.window = properties.window();
        this.clock = clock;
    }

    /**
     * Takes one try out of each of two buckets, in one statement.
     *
     * @throws NoTryLeft (in the Mono) if one has none; nothing is taken then
     */
    Mono<Void> take(Bucket first, Bucket second) {
        return Mono.defer(() -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            return bound(database.sql(TAKE).bind("now", now), now, first, second)
                .map(row -> Rows.number(row, "taken"))
                .one()
                .flatMap(taken -> settle(taken, now, first, second));
        });
    }

    private GenericExecuteSpec bound(GenericExecuteSpec take, Instant now, Bucket first, Bucket second) {
        return bound(bound(take, now, first, "1"), now, second, "2");
    }

    private GenericExecuteSpec bound(GenericExecuteSpec take, Instant now, Bucket bucket, String number) {
        Duration pace = pace(bucket);
        return take
            .bind("bucket" + number, bucket.key)
            .bind("next" + number, now.plus(pace))
            .bind("pace" + number, seconds(pace))
            .bind("latest" + number, now.plus(window).minus(pace));
    }

    private Mono<Void> settle(long taken, Instant now, Bucket first, Bucket second) {
        if (taken == 2) {
            return Mono.empty();
        }
        return taken == 0 ? refuse(first, now) : giveBack(first).then(Mono.defer(() -> refuse(second, now)));
    }

    private Mono<Void> refuse(Bucket bucket, Instant now) {
        return database
            .sql("SELECT full_at FROM sign_in_tries WHERE bucket = :bucket")
            .bind("bucket", bucket.key)
            .map(row -> Rows.required(row, "full_at", Instant.class))
            .one()
            .defaultIfEmpty(now)
            .flatMap(fullAt -> Mono.error(() -> refusal(bucket, atLeastZero(Duration.between(now, fullAt)))));
    }

    private NoTryLeft refusal(Bucket bucket, Duration untilFull) {
        return new NoTryLeft(
            bucket,
            new Allowance(bucket.tries, 0, untilFull),
            atLeastZero(untilFull.plus(pace(bucket)).minus(window))
        );
    }

    /** Puts back a try that was none. */
    Mono<Void> giveBack(Bucket bucket) {
        return database.sql(GIVE_BACK).bind("bucket", bucket.key).bind("pace", seconds(pace(bucket))).then();
    }

    /** Puts back two tries that were none, in one statement. */
    Mono<Void> giveBack(Bucket first, Bucket second) {
        return database
            .sql(GIVE_BOTH_BACK)
            .bind("bucket1", first.key)
            .bind("pace1", seconds(pace(first)))
            .bind("bucket2", second.key)
            .bind("pace2", seconds(pace(second)))
            .then();
    }

    private Duration pace(Bucket bucket) {
        return window.dividedBy(bucket.tries).truncatedTo(ChronoUnit.MICROS);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1_000 / MICROS;
    }

    private static Duration atLeastZero(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /**
     * @param key whose tries these are, as a keyed hash
     * @param tries how many there are in a full bucket
     */
    record Bucket(byte[] key, int tries) {
        @Override
        public String toString() {
            return "Bucket of " + tries;
        }
    }
}
