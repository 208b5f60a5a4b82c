package chat.parley.room.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.OwnSchema;
import chat.parley.room.RoomServiceTest;
import chat.parley.room.accounts.AuthProperties.Hashing;
import chat.parley.room.accounts.AuthProperties.Sweeping;
import chat.parley.room.accounts.Credentials.Account;
import chat.parley.room.accounts.Tries.Bucket;
import chat.parley.room.accounts.Tries.Pair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** On tables of its own, through days that a test does not wait for. */
@RoomServiceTest
class RefreshTokensStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");
    private static final AuthProperties PROPERTIES = new AuthProperties(
        Duration.ofDays(30),
        3,
        new Hashing(64, 1, 1, 1),
        new Sweeping(Duration.ofMinutes(1), 10, 10)
    );
    private static final UserId ANNA = UserId.random();
    private static final int TRIES_OF_AN_ACCOUNT = 10;
    private static final Pair TRIES = new Pair(
        new Bucket(new byte[] { 0 }, 50),
        new Bucket(new byte[] { 1 }, TRIES_OF_AN_ACCOUNT)
    );

    @Autowired
    private R2dbcConnectionDetails postgres;

    private OwnSchema schema;

    @BeforeEach
    void annaWithoutASession() {
        schema = OwnSchema.with(
            postgres,
            "own_tokens",
            "users",
            "sessions",
            "refresh_tokens",
            "sign_in_tries"
        );
        database()
            .sql(
                "INSERT INTO users (id, username, name, search, created_at, updated_at)" +
                    " VALUES (:id, 'anna', 'Anna', '', now(), now())"
            )
            .bind("id", ANNA.value())
            .then()
            .block(PATIENCE);
    }

    @Test
    void keepsSomebodySignedInWhoComesBackInTime() {
        RefreshToken token = begunOn(0);

        RefreshToken next = rotated(20, token);

        assertThat(onDay(49).rotate(next).block(PATIENCE).user().id()).isEqualTo(ANNA);
    }

    @Test
    void endsASessionThatNobodyCameBackTo() {
        RefreshToken token = begunOn(0);

        StepVerifier.create(onDay(31).rotate(token))
            .expectError(AccountFailure.InvalidRefreshToken.class)
            .verify(PATIENCE);
    }

    @Test
    void keepsNoMoreOfALongSessionThanCanStillTellATheft() {
        RefreshToken token = begunOn(0);

        for (int day = 10; day <= 100; day += 10) {
            token = rotated(day, token);
        }

        Long kept = database()
            .sql("SELECT count(*) AS kept FROM refresh_tokens")
            .map(row -> row.get("kept", Long.class))
            .one()
            .block(PATIENCE);
        assertThat(kept).isEqualTo(4);
    }

    @Test
    void endsTheSessionThatWasAwayLongestWhenThereAreTooMany() {
        List<RefreshToken> tokens = IntStream.range(0, 4).mapToObj(this::begunOn).toList();

        StepVerifier.create(onDay(5).rotate(tokens.getFirst()))
            .expectError(AccountFailure.InvalidRefreshToken.class)
            .verify(PATIENCE);
        tokens
            .stream()
            .skip(1)
            .forEach(token -> assertThat(rotated(5, token)).isNotNull());
    }

    @Test
    void endsTheOneThatWasAwayLongestWhileAnotherIsBeingRefreshed() {
        List<RefreshToken> tokens = IntStream.range(0, 3).mapToObj(this::begunOn).toList();
        CompletableFuture<Void> locked = new CompletableFuture<>();
        Sinks.Empty<Void> end = Sinks.empty();
        CompletableFuture<Void> refresh = schema
            .transactions()
            .run(
                lock(tokens.getLast())
                    .doOnSuccess(_ -> locked.complete(null))
                    .then(end.asMono())
            )
            .toFuture();
        locked.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();

        begunOn(3);
        end.tryEmitEmpty();
        refresh.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();

        StepVerifier.create(onDay(5).rotate(tokens.getFirst()))
            .expectError(AccountFailure.InvalidRefreshToken.class)
            .verify(PATIENCE);
        assertThat(rotated(5, tokens.getLast())).isNotNull();
    }

    @Test
    void beginsNoSessionByAPasswordThatIsNoLongerTheLast() {
        database().sql("UPDATE users SET password_version = 1").then().block(PATIENCE);

        StepVerifier.create(sessionsOn(0).begin(annaByPassword(0)))
            .expectError(AccountFailure.InvalidCredentials.class)
            .verify(PATIENCE);
        assertThat(sessionsOn(0).begin(annaByPassword(1)).block(PATIENCE)).isNotNull();
    }

    @Test
    void givesBackTheTriesOfASessionThatBegins() {
        takeAllButOne();
        tries().take(TRIES).block(PATIENCE);
        sessionsOn(0).begin(annaByPassword(0), TRIES).block(PATIENCE);

        tries().take(TRIES).block(PATIENCE);

        refusesAnother();
    }

    @Test
    void givesThemBackEvenIfThePasswordIsNoLongerTheLast() {
        takeAllButOne();
        tries().take(TRIES).block(PATIENCE);
        StepVerifier.create(sessionsOn(0).begin(annaByPassword(7), TRIES))
            .expectError(AccountFailure.InvalidCredentials.class)
            .verify(PATIENCE);

        tries().take(TRIES).block(PATIENCE);

        refusesAnother();
    }

    private Mono<Void> lock(RefreshToken token) {
        return database()
            .sql(
                """
                SELECT id FROM sessions
                WHERE id = (SELECT session_id FROM refresh_tokens WHERE hash = :hash)
                FOR NO KEY UPDATE
                """
            )
            .bind("hash", token.hash())
            .then();
    }

    private void takeAllButOne() {
        IntStream.range(1, TRIES_OF_AN_ACCOUNT).forEach(_ -> tries().take(TRIES).block(PATIENCE));
    }

    private void refusesAnother() {
        StepVerifier.create(tries().take(TRIES)).expectError(NoTryLeft.class).verify(PATIENCE);
    }

    private RefreshToken begunOn(int day) {
        return sessionsOn(day).begin(annaByPassword(0)).block(PATIENCE).token();
    }

    private static Account annaByPassword(int version) {
        return new Account(new UserSnapshot(ANNA, "anna", "Anna", null, START), "hash", version);
    }

    private NewSessions sessionsOn(int day) {
        return new NewSessions(database(), tries(), PROPERTIES, clockOn(day));
    }

    private Tries tries() {
        SignInProperties properties = new SignInProperties(
            TRIES_OF_AN_ACCOUNT,
            50,
            Duration.ofMinutes(5),
            3,
            Duration.ofDays(90)
        );
        return new Tries(database(), properties, clockOn(0));
    }

    private RefreshToken rotated(int day, RefreshToken token) {
        return onDay(day).rotate(token).block(PATIENCE).token();
    }

    private RefreshTokens onDay(int day) {
        return new RefreshTokens(database(), schema.transactions(), PROPERTIES, clockOn(day));
    }

    private static Clock clockOn(int day) {
        return Clock.fixed(START.plus(Duration.ofDays(day)), ZoneOffset.UTC);
    }

    private DatabaseClient database() {
        return schema.database();
    }
}
