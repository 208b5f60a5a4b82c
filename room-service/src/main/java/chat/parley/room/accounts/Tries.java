package chat.parley.room.accounts;

import chat.parley.room.Rows;
import chat.parley.service.problem.Allowance;
import chat.parley.service.problem.RateLimited;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Token buckets of tries, the same for all instances. Of a bucket there is only the time at which it is full again:
 * each try puts that off by the time it takes to win one back, and there is none left when it lies a window ahead.
 */
@Component
class Tries {

    private static final double MICROS = 1_000_000;

    private final DatabaseClient database;
    private final Duration window;
    private final Clock clock;

    Tries(DatabaseClient database, SignInProperties properties, Clock clock) {
        this.database = database;
        this.window = properties.window();
        this.clock = clock;
    }

    /**
     * Takes one try out of a bucket.
     *
     * @throws RateLimited (in the Mono) if there is none; nothing is taken then
     */
    Mono<Void> take(Bucket bucket) {
        return Mono.defer(() -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            return taken(bucket, now)
                .hasElement()
                .flatMap(taken -> taken ? Mono.empty() : refuse(bucket, now));
        });
    }

    private Mono<Long> taken(Bucket bucket, Instant now) {
        Duration pace = pace(bucket);
        return database
            .sql(
                """
                INSERT INTO sign_in_tries AS t (bucket, full_at) VALUES (:bucket, :next)
                ON CONFLICT (bucket) DO UPDATE SET full_at = greatest(t.full_at, :now) + make_interval(secs => :pace)
                WHERE greatest(t.full_at, :now) <= :latest
                """
            )
            .bind("bucket", bucket.key)
            .bind("now", now)
            .bind("next", now.plus(pace))
            .bind("pace", seconds(pace))
            .bind("latest", now.plus(window).minus(pace))
            .fetch()
            .rowsUpdated()
            .filter(rows -> rows > 0);
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

    private RateLimited refusal(Bucket bucket, Duration untilFull) {
        return new RateLimited(
            "Too many failed sign-ins. Wait a while.",
            new Allowance(bucket.tries, 0, untilFull),
            atLeastZero(untilFull.plus(pace(bucket)).minus(window))
        );
    }

    /** Puts back a try that was none. */
    Mono<Void> giveBack(Bucket bucket) {
        return database
            .sql(
                "UPDATE sign_in_tries SET full_at = full_at - make_interval(secs => :pace) WHERE bucket = :bucket"
            )
            .bind("bucket", bucket.key)
            .bind("pace", seconds(pace(bucket)))
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
