package chat.parley.room.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import chat.parley.room.OwnSchema;
import chat.parley.room.RoomServiceTest;
import chat.parley.room.accounts.AuthProperties.Hashing;
import chat.parley.room.accounts.AuthProperties.Sweeping;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.r2dbc.core.DatabaseClient;
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

    @Autowired
    private R2dbcConnectionDetails postgres;

    private OwnSchema schema;

    @BeforeEach
    void annaWithoutASession() {
        schema = OwnSchema.with(postgres, "own_tokens", "users", "sessions", "refresh_tokens");
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
        String token = onDay(0).begin(ANNA, 0).block(PATIENCE).token();

        String next = rotated(20, token);

        assertThat(onDay(49).rotate(next).block(PATIENCE).user().id()).isEqualTo(ANNA);
    }

    @Test
    void endsASessionThatNobodyCameBackTo() {
        String token = onDay(0).begin(ANNA, 0).block(PATIENCE).token();

        StepVerifier.create(onDay(31).rotate(token))
            .expectError(AccountFailure.InvalidRefreshToken.class)
            .verify(PATIENCE);
    }

    @Test
    void keepsNoMoreOfALongSessionThanCanStillTellATheft() {
        String token = onDay(0).begin(ANNA, 0).block(PATIENCE).token();

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
        List<String> tokens = IntStream.range(0, 4)
            .mapToObj(day -> onDay(day).begin(ANNA, 0).block(PATIENCE).token())
            .toList();

        StepVerifier.create(onDay(5).rotate(tokens.getFirst()))
            .expectError(AccountFailure.InvalidRefreshToken.class)
            .verify(PATIENCE);
        tokens
            .stream()
            .skip(1)
            .forEach(token -> assertThat(rotated(5, token)).isNotEmpty());
    }

    @Test
    void beginsNoSessionByAPasswordThatIsNoLongerTheLast() {
        database().sql("UPDATE users SET password_version = 1").then().block(PATIENCE);

        StepVerifier.create(onDay(0).begin(ANNA, 0))
            .expectError(AccountFailure.InvalidCredentials.class)
            .verify(PATIENCE);
        assertThat(onDay(0).begin(ANNA, 1).block(PATIENCE)).isNotNull();
    }

    private String rotated(int day, String token) {
        return onDay(day).rotate(token).block(PATIENCE).token();
    }

    private RefreshTokens onDay(int day) {
        return new RefreshTokens(
            database(),
            schema.transactions(),
            PROPERTIES,
            Clock.fixed(START.plus(Duration.ofDays(day)), ZoneOffset.UTC)
        );
    }

    private DatabaseClient database() {
        return schema.database();
    }
}
