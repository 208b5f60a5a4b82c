package chat.parley.room.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import chat.parley.room.OwnSchema;
import chat.parley.room.RoomServiceTest;
import chat.parley.room.accounts.AuthProperties.Hashing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
        String token = onDay(0).begin(ANNA).block(PATIENCE);

        String next = rotated(20, token);

        assertThat(onDay(49).rotate(next).block(PATIENCE).user().id()).isEqualTo(ANNA);
    }

    @Test
    void endsASessionThatNobodyCameBackTo() {
        String token = onDay(0).begin(ANNA).block(PATIENCE);

        StepVerifier.create(onDay(31).rotate(token))
            .expectError(AccountFailure.InvalidRefreshToken.class)
            .verify(PATIENCE);
    }

    @Test
    void keepsNoMoreOfALongSessionThanCanStillTellATheft() {
        String token = onDay(0).begin(ANNA).block(PATIENCE);

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

    private String rotated(int day, String token) {
        return onDay(day).rotate(token).block(PATIENCE).token();
    }

    private RefreshTokens onDay(int day) {
        return new RefreshTokens(
            database(),
            schema.transactions(),
            new AuthProperties(Duration.ofDays(30), new Hashing(64, 1, 1, 1)),
            Clock.fixed(START.plus(Duration.ofDays(day)), ZoneOffset.UTC)
        );
    }

    private DatabaseClient database() {
        return schema.database();
    }
}
