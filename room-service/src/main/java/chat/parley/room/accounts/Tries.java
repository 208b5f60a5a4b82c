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

    /** How many of the two tries {@link #taking} has taken: the second only after the first. */
    static final String TAKEN = "(SELECT count(*) FROM first) + (SELECT count(*) FROM second)";

    // Whoever takes or gives back two locks them in the same order, or two of them would wait for each other: the second
    // is reached through what has become of the first.
    private static final String TAKING = """
        first AS (
            INSERT INTO sign_in_tries AS t (bucket, full_at) VALUES (:bucket1, :next1)
            ON CONFLICT (bucket) DO UPDATE SET full_at = greatest(t.full_at, :now) + make_interval(secs => :pace1)
            WHERE greatest(t.full_at, :now) <= :latest1
            RETURNING 1
        ), second AS (
            INSERT INTO sign_in_tries AS t (bucket, full_at)
            SELECT %s, :next2 WHERE (SELECT count(*) FROM first) = 1
            ON CONFLICT (bucket) DO UPDATE SET full_at = greatest(t.full_at, :now) + make_interval(secs => :pace2)
            WHERE greatest(t.full_at, :now) <= :latest2
            RETURNING 1
        )""";
    private static final String TAKE = "WITH " + taking(":bucket2") + " SELECT " + TAKEN + " AS taken";

    /** For a statement that gives two tries back besides what else it does; {@link #bindGivingBack} completes it. */
    static final String GIVING_BACK = """
        first AS (
            UPDATE sign_in_tries SET full_at = full_at - make_interval(secs => :pace1) WHERE bucket = :bucket1
            RETURNING 1
        ), second AS (
            UPDATE sign_in_tries SET full_at = full_at - make_interval(secs => :pace2)
            WHERE bucket = :bucket2 AND (SELECT count(*) FROM first) >= 0
            RETURNING 1
        )""";
    private static final String GIVE_BACK =
        "UPDATE sign_in_tries SET full_at = full_at - make_interval(secs => :pace) WHERE bucket = :bucket";
    private static final String GIVE_BOTH_BACK = "WITH " + GIVING_BACK + " SELECT count(*) FROM second";

    private final DatabaseClient database;
    private final Duration window;
    private final Clock clock;

    Tries(DatabaseClient database, SignInProperties properties, Clock clock) {
        this.database = database;
        this.window = properties.window();
        this.clock = clock;
    }

    /**
     * For a statement that takes two tries besides what else it does; {@link #bindTaking} completes it and
     * {@link #settle} goes by what has come of it.
     *
     * @param second an expression: the key of the second bucket
     */
    static String taking(String second) {
        return TAKING.formatted(second);
    }

    /**
     * Takes one try out of each of two buckets, in one statement.
     *
     * @throws NoTryLeft (in the Mono) if one has none; nothing is taken then
     */
    Mono<Void> take(Pair pair) {
        return Mono.defer(() -> {
            Instant now = now();
            return bindTaking(database.sql(TAKE), pair, now)
                .bind("bucket2", pair.second.key)
                .map(row -> Rows.number(row, "taken"))
                .one()
                .flatMap(taken -> settle(taken, pair, now));
        });
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Everything but what the expression of the second bucket's key refers to. */
    GenericExecuteSpec bindTaking(GenericExecuteSpec statement, Pair pair, Instant now) {
        GenericExecuteSpec first = bound(
            statement.bind("now", now).bind("bucket1", pair.first.key),
            now,
            pair.first,
            "1"
        );
        return bound(first, now, pair.second, "2");
    }

    private GenericExecuteSpec bound(GenericExecuteSpec take, Instant now, Bucket bucket, String number) {
        Duration pace = pace(bucket);
        return take
            .bind("next" + number, now.plus(pace))
            .bind("pace" + number, seconds(pace))
            .bind("latest" + number, now.plus(window).minus(pace));
    }

    /**
     * Completes if both tries were taken at that time.
     *
     * @param taken what {@link #TAKEN} was
     * @throws NoTryLeft (in the Mono) if not; nothing is taken then
     */
    Mono<Void> settle(long taken, Pair pair, Instant now) {
        if (taken == 2) {
            return Mono.empty();
        }
        return taken == 0
            ? refuse(pair.first, now)
            : giveBack(pair.first).then(Mono.defer(() -> refuse(pair.second, now)));
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
    Mono<Void> giveBack(Pair pair) {
        return bindGivingBack(database.sql(GIVE_BOTH_BACK), pair).then();
    }

    GenericExecuteSpec bindGivingBack(GenericExecuteSpec statement, Pair pair) {
        return statement
            .bind("bucket1", pair.first.key)
            .bind("pace1", seconds(pace(pair.first)))
            .bind("bucket2", pair.second.key)
            .bind("pace2", seconds(pace(pair.second)));
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

    /** Two buckets of which one try each is taken, and given back, in this order. */
    record Pair(Bucket first, Bucket second) {}
}
