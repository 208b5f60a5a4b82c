package chat.parley.room.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.room.OwnSchema;
import chat.parley.room.RoomServiceTest;
import chat.parley.room.accounts.Attempts.Buckets;
import chat.parley.room.accounts.AuthProperties.Hashing;
import chat.parley.room.accounts.AuthProperties.Sweeping;
import chat.parley.room.accounts.Tries.Bucket;
import chat.parley.room.accounts.Tries.Pair;
import chat.parley.room.accounts.keys.Blinding;
import chat.parley.service.problem.RateLimited;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** On tables of its own, through minutes and months that a test does not wait for. */
@RoomServiceTest
class TriesStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final SignInProperties PROPERTIES = new SignInProperties(
        10,
        50,
        Duration.ofMinutes(5),
        3,
        Duration.ofDays(90)
    );
    private static final Bucket ANNAS = new Bucket(new byte[] { 1 }, 10);
    private static final Bucket LARGE = new Bucket(new byte[] { 0 }, 1_000_000);
    private static final Bucket OWNERS = new Bucket(new byte[] { 2 }, 10);
    private static final Bucket STRANGERS = new Bucket(new byte[] { 3 }, 10);
    private static final Buckets BUCKETS = new Buckets(LARGE, OWNERS, STRANGERS);

    @Autowired
    private R2dbcConnectionDetails postgres;

    @Autowired
    private Blinding blinding;

    private OwnSchema schema;

    @BeforeEach
    void nothingCounted() {
        schema = OwnSchema.with(
            postgres,
            "own_tries",
            "users",
            "sign_in_tries",
            "known_addresses",
            "sessions",
            "refresh_tokens"
        );
    }

    @Test
    void givesTriesBackOneByOne() {
        IntStream.range(0, 10).forEach(_ -> assertThat(takes(Duration.ZERO)).isTrue());

        assertThat(takes(Duration.ZERO)).isFalse();
        assertThat(takes(Duration.ofMillis(29_999))).isFalse();
        assertThat(takes(Duration.ofSeconds(30))).isTrue();
        assertThat(takes(Duration.ofSeconds(30))).isFalse();
        IntStream.range(0, 10).forEach(_ -> assertThat(takes(Duration.ofSeconds(330))).isTrue());
        assertThat(takes(Duration.ofSeconds(330))).isFalse();
    }

    @Test
    void saysWhenThereIsOneAgain() {
        IntStream.range(0, 10).forEach(_ -> takes(Duration.ZERO));

        StepVerifier.create(at(Duration.ofSeconds(10)).take(new Pair(LARGE, ANNAS)))
            .expectErrorSatisfies(error -> {
                RateLimited limited = (RateLimited) error;
                assertThat(limited.retryAfter()).hasSeconds(20);
                assertThat(limited.allowance().limit()).isEqualTo(10);
                assertThat(limited.allowance().reset()).hasSeconds(290);
            })
            .verify(PATIENCE);
    }

    static List<Long> seeds() {
        return List.of(1L, 2L, new Random().nextLong());
    }

    /** Against a bucket that is counted by hand. */
    @ParameterizedTest
    @MethodSource("seeds")
    void isTheSameBucketForEverybody(long seed) {
        Random random = new Random(seed);
        Duration time = Duration.ZERO;
        Duration fullAt = Duration.ZERO;
        for (int step = 0; step < 200; step++) {
            time = time.plusMillis(random.nextInt(20_000));
            Duration next = (fullAt.compareTo(time) > 0 ? fullAt : time).plusSeconds(30);
            boolean allowed = next.minus(time).compareTo(PROPERTIES.window()) <= 0;

            assertThat(takes(time)).as("step %d, seed %d", step, seed).isEqualTo(allowed);

            if (allowed) {
                fullAt = next;
            }
            if (allowed && random.nextInt(4) == 0) {
                at(time).giveBack(ANNAS).block(PATIENCE);
                fullAt = fullAt.minusSeconds(30);
            }
        }
    }

    @Test
    void givesNoMoreThanThereAreToManyAtOnce() {
        Long taken = Flux.range(0, 60)
            .flatMap(
                _ ->
                    at(Duration.ZERO)
                        .take(new Pair(LARGE, ANNAS))
                        .thenReturn(true)
                        .onErrorResume(_ -> Mono.empty()),
                60
            )
            .count()
            .block(PATIENCE);

        assertThat(taken).isEqualTo(10);
    }

    @Test
    void takesNoneOfOneBucketWhereAnotherHasNone() {
        Bucket small = bucket(4, 1);
        IntStream.range(0, 10).forEach(_ -> at(Duration.ZERO).take(new Pair(LARGE, small)).block(PATIENCE));

        refuses(small, ANNAS, small);
        IntStream.range(0, 9).forEach(_ -> assertThat(takes(Duration.ZERO)).isTrue());
        refuses(small, ANNAS, small);
        assertThat(takes(Duration.ZERO)).isTrue();
        refuses(ANNAS, ANNAS, small);

        at(Duration.ZERO).giveBack(new Pair(small, ANNAS)).block(PATIENCE);
        at(Duration.ZERO).take(new Pair(ANNAS, small)).block(PATIENCE);
        refuses(ANNAS, ANNAS, small);
        refuses(small, small, ANNAS);
    }

    @Test
    void countsRightHoweverManyTakeAndGiveBackTheSameTwo() {
        Bucket other = bucket(5, 1);
        Pair both = new Pair(LARGE, other);
        Flux.range(0, 200)
            .flatMap(_ -> at(Duration.ZERO).take(both).then(at(Duration.ZERO).giveBack(both)), 10)
            .blockLast(PATIENCE);

        IntStream.range(0, 10).forEach(_ -> at(Duration.ZERO).take(both).block(PATIENCE));
        refuses(other, LARGE, other);
    }

    @Test
    void remembersTheLastFewAddressesForAWhile() {
        ClientAddress home = new ClientAddress("192.0.2.1");
        known(Duration.ZERO).remember("anna", home).block(PATIENCE);
        IntStream.range(2, 4).forEach(i -> remembers(i, Duration.ofSeconds(i)));

        assertThat(lastSeen(DAY.multipliedBy(89), "anna", home)).contains(START);
        assertThat(lastSeen(DAY.multipliedBy(91), "anna", home)).isEmpty();
        assertThat(lastSeen(DAY, "bert", home)).isEmpty();
        remembers(4, DAY);
        assertThat(lastSeen(DAY, "anna", home)).isEmpty();
        assertThat(count("known_addresses")).isEqualTo(3);
    }

    @Test
    void takesAnOwnersTryWhereTheyAreKnownAndAStrangersElsewhere() {
        ClientAddress home = new ClientAddress("192.0.2.1");
        known(Duration.ZERO).remember("anna", home).block(PATIENCE);

        assertThat(attempt(DAY, "anna", home).tries()).isEqualTo(new Pair(LARGE, OWNERS));
        assertThat(attempt(DAY, "bert", home).tries()).isEqualTo(new Pair(LARGE, STRANGERS));

        IntStream.range(0, 9).forEach(_ -> attempt(DAY, "anna", home));
        StepVerifier.create(attempts(DAY).begin("anna", home, BUCKETS))
            .expectErrorSatisfies(error -> assertThat(((NoTryLeft) error).bucket()).isSameAs(OWNERS))
            .verify(PATIENCE);
        assertThat(attempt(DAY, "bert", home).tries()).isEqualTo(new Pair(LARGE, STRANGERS));
    }

    @Test
    void findsTheAccountWithTheTry() {
        schema
            .database()
            .sql(
                "INSERT INTO users (id, username, name, password_hash, search, created_at, updated_at)" +
                    " VALUES (gen_random_uuid(), 'anna', 'Anna', 'hash', '', now(), now())"
            )
            .then()
            .block(PATIENCE);
        ClientAddress home = new ClientAddress("192.0.2.1");

        assertThat(attempt(DAY, "anna", home).account()).hasValueSatisfying(account -> {
            assertThat(account.user().name()).isEqualTo("Anna");
            assertThat(account.passwordHash()).isEqualTo("hash");
        });
        assertThat(attempt(DAY, "bert", home).account()).isEmpty();
        assertThat(attempt(DAY, "no\0name", home).account()).isEmpty();
    }

    @Test
    void sweepsWhatIsOverAndNothingElse() {
        IntStream.range(0, 25).forEach(i ->
            at(Duration.ofSeconds(i)).take(new Pair(bucket(2, i), bucket(3, i))).block(PATIENCE)
        );
        known(Duration.ZERO).remember("anna", new ClientAddress("192.0.2.1")).block(PATIENCE);
        known(DAY.multipliedBy(50)).remember("anna", new ClientAddress("192.0.2.2")).block(PATIENCE);

        assertThat(swept(Duration.ofSeconds(29))).isZero();
        assertThat(swept(Duration.ofSeconds(30 + 19).plusMillis(1))).isEqualTo(2 * 20);
        assertThat(count("sign_in_tries")).isEqualTo(2 * 5);
        assertThat(swept(DAY.multipliedBy(90).plusMillis(1))).isEqualTo(2 * 5 + 1);
        assertThat(count("known_addresses")).isEqualTo(1);
    }

    @Test
    void sweepsSessionsThatNobodyCameBackTo() {
        schema
            .database()
            .sql(
                """
                INSERT INTO sessions (id, user_id, created_at, expires_at)
                SELECT gen_random_uuid(), gen_random_uuid(), :start, :start + n * interval '1 day'
                FROM generate_series(1, 30) n
                """
            )
            .bind("start", START)
            .then()
            .block(PATIENCE);
        schema
            .database()
            .sql(
                """
                INSERT INTO refresh_tokens (hash, session_id, expires_at)
                SELECT sha256(id::text::bytea), id, expires_at FROM sessions
                """
            )
            .then()
            .block(PATIENCE);

        Long swept = Flux.range(0, 3)
            .flatMap(_ -> sweeper(DAY.multipliedBy(20).plusMillis(1)).sweep(), 3)
            .reduce(0L, Long::sum)
            .block(PATIENCE);
        swept += swept(DAY.multipliedBy(20).plusMillis(1));

        assertThat(swept).isEqualTo(40);
        assertThat(count("sessions")).isEqualTo(10);
        assertThat(count("refresh_tokens")).isEqualTo(10);
    }

    private void remembers(int last, Duration later) {
        known(later).remember("anna", new ClientAddress("192.0.2." + last)).block(PATIENCE);
    }

    private boolean takes(Duration later) {
        return at(later)
            .take(new Pair(LARGE, ANNAS))
            .thenReturn(true)
            .onErrorReturn(RateLimited.class, false)
            .block(PATIENCE);
    }

    private void refuses(Bucket empty, Bucket first, Bucket second) {
        StepVerifier.create(at(Duration.ZERO).take(new Pair(first, second)))
            .expectErrorSatisfies(error -> assertThat(((NoTryLeft) error).bucket()).isSameAs(empty))
            .verify(PATIENCE);
    }

    private static Bucket bucket(int kind, int number) {
        return new Bucket(new byte[] { (byte) kind, (byte) number }, 10);
    }

    private long swept(Duration later) {
        return sweeper(later).sweep().block(PATIENCE);
    }

    private long count(String table) {
        return schema
            .database()
            .sql("SELECT count(*) AS rows FROM " + table)
            .map(row -> row.get("rows", Long.class))
            .one()
            .block(PATIENCE);
    }

    private Tries at(Duration later) {
        return new Tries(schema.database(), PROPERTIES, clock(later));
    }

    /** By buckets of that day's own, for this goes back and forth in time. */
    private Optional<Instant> lastSeen(Duration later, String username, ClientAddress address) {
        int day = (int) later.toDays();
        Buckets buckets = new Buckets(bucket(4, day), bucket(5, day), bucket(6, day));
        return attempts(later).begin(username, address, buckets).block(PATIENCE).lastSeen();
    }

    private Attempt attempt(Duration later, String username, ClientAddress address) {
        return attempts(later).begin(username, address, BUCKETS).block(PATIENCE);
    }

    private Attempts attempts(Duration later) {
        return new Attempts(schema.database(), known(later), at(later));
    }

    private KnownAddresses known(Duration later) {
        return new KnownAddresses(schema.database(), blinding, PROPERTIES, clock(later));
    }

    private ExpiredRows sweeper(Duration later) {
        AuthProperties auth = new AuthProperties(
            Duration.ofDays(30),
            100,
            new Hashing(64, 1, 1, 1),
            new Sweeping(Duration.ofMinutes(1), 7, 10)
        );
        return new ExpiredRows(schema.database(), schema.transactions(), auth, PROPERTIES, clock(later));
    }

    private static Clock clock(Duration later) {
        return Clock.fixed(START.plus(later), ZoneOffset.UTC);
    }
}
