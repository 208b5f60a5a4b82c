package chat.parley.room.accounts;

import chat.parley.contracts.UserId;
import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.Rows;
import chat.parley.room.Transactions;
import chat.parley.room.Users;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The tokens that keep people signed in. Each is good once and is exchanged for the next; should one come twice, it
 * was stolen from somebody or by somebody, and the session ends for both.
 */
@Component
class RefreshTokens {

    private static final int TOKEN_BYTES = 32;

    // One statement, for it is a part of every sign-in. Until it ends the password stays, so that whoever changes it then
    // sees the session and ends it.
    private static final String BEGIN = """
        WITH holder AS (
            SELECT id FROM users WHERE id = :user AND password_version = :version FOR SHARE
        ), begun AS (
            INSERT INTO sessions (id, user_id, created_at, expires_at)
            SELECT :session, id, :now, :expires FROM holder
            RETURNING id
        ), ended AS (
            DELETE FROM sessions WHERE id = ANY(ARRAY(
                SELECT id FROM sessions WHERE user_id = (SELECT id FROM holder)
                ORDER BY expires_at DESC OFFSET :others FOR UPDATE SKIP LOCKED
            ))
        )
        INSERT INTO refresh_tokens (hash, session_id, expires_at) SELECT :hash, id, :expires FROM begun
        """;

    private final DatabaseClient database;
    private final Transactions transactions;
    private final AuthProperties properties;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    RefreshTokens(
        DatabaseClient database,
        Transactions transactions,
        AuthProperties properties,
        Clock clock
    ) {
        this.database = database;
        this.transactions = transactions;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Begins a session and gives its first token.
     *
     * @param passwordVersion of the password that was checked
     * @throws AccountFailure.InvalidCredentials (in the Mono) if it has been changed meanwhile
     */
    Mono<Begun> begin(UserId user, int passwordVersion) {
        return Mono.defer(() -> {
            Begun begun = new Begun(UUID.randomUUID(), newToken());
            Instant now = now();
            return database
                .sql(BEGIN)
                .bind("user", user.value())
                .bind("version", passwordVersion)
                .bind("session", begun.session)
                .bind("hash", hash(begun.token))
                .bind("now", now)
                .bind("expires", now.plus(properties.sessionLifetime()))
                // The statement does not see the session that it begins.
                .bind("others", properties.sessionsPerUser() - 1)
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == 1)
                .switchIfEmpty(Mono.error(AccountFailure.InvalidCredentials::new))
                .thenReturn(begun);
        });
    }

    private Mono<Void> add(String token, UUID session, Instant now) {
        return database
            .sql(
                "INSERT INTO refresh_tokens (hash, session_id, expires_at) VALUES (:hash, :session, :expires)"
            )
            .bind("hash", hash(token))
            .bind("session", session)
            .bind("expires", now.plus(properties.sessionLifetime()))
            .then();
    }

    /**
     * Exchanges a token for the next.
     *
     * @throws AccountFailure.InvalidRefreshToken (in the Mono) if it is good for nothing
     */
    Mono<Renewed> rotate(String token) {
        return Mono.defer(() -> {
            Instant now = now();
            // A session's end has to be committed, so the failure comes after the transaction.
            return transactions
                .run(lockSession(token).flatMap(session -> rotate(token, session, now)))
                .switchIfEmpty(Mono.error(AccountFailure.InvalidRefreshToken::new));
        });
    }

    /** The session first, and its tokens after it: in the order in which an end of the session takes them. */
    private Mono<UUID> lockSession(String token) {
        return database
            .sql(
                """
                SELECT s.id FROM sessions s
                WHERE s.id = (SELECT t.session_id FROM refresh_tokens t WHERE t.hash = :hash)
                FOR NO KEY UPDATE
                """
            )
            .bind("hash", hash(token))
            .map(row -> Rows.required(row, "id", UUID.class))
            .one();
    }

    private Mono<Renewed> rotate(String token, UUID session, Instant now) {
        String next = newToken();
        return use(token, now)
            .flatMap(_ ->
                add(next, session, now)
                    .then(extend(session, now))
                    .then(forget(session, now))
                    .then(userOf(session))
                    .map(user -> new Renewed(user, session, next))
            )
            .switchIfEmpty(Mono.defer(() -> endSession(session)).then(Mono.empty()));
    }

    private Mono<Boolean> use(String token, Instant now) {
        return database
            .sql(
                "UPDATE refresh_tokens SET used_at = :now WHERE hash = :hash AND used_at IS NULL AND expires_at > :now"
            )
            .bind("hash", hash(token))
            .bind("now", now)
            .fetch()
            .rowsUpdated()
            .map(rows -> rows == 1)
            .filter(used -> used);
    }

    private Mono<Void> extend(UUID session, Instant now) {
        return database
            .sql("UPDATE sessions SET expires_at = :expires WHERE id = :session")
            .bind("session", session)
            .bind("expires", now.plus(properties.sessionLifetime()))
            .then();
    }

    /** Those that would be refused by their age alone; a session that goes on for years would gather them without end. */
    private Mono<Void> forget(UUID session, Instant now) {
        return database
            .sql("DELETE FROM refresh_tokens WHERE session_id = :session AND expires_at < :now")
            .bind("session", session)
            .bind("now", now)
            .then();
    }

    private Mono<UserSnapshot> userOf(UUID session) {
        return database
            .sql(
                "SELECT " +
                    Users.COLUMNS +
                    " FROM users u JOIN sessions s ON s.user_id = u.id WHERE s.id = :session"
            )
            .bind("session", session)
            .map(Users::snapshotOf)
            .one();
    }

    private Mono<Void> endSession(UUID session) {
        return database.sql("DELETE FROM sessions WHERE id = :id").bind("id", session).then();
    }

    /** Ends the session of a token, used or not; of no token of ours, nothing. */
    Mono<Void> end(String token) {
        return database
            .sql("DELETE FROM sessions WHERE id = (SELECT session_id FROM refresh_tokens WHERE hash = :hash)")
            .bind("hash", hash(token))
            .then();
    }

    /**
     * Ends all of somebody's sessions but one.
     *
     * @param own null if there is none to be left
     */
    Mono<Void> endOthers(UserId user, @Nullable UUID own) {
        GenericExecuteSpec statement = database
            .sql("DELETE FROM sessions WHERE user_id = :user AND id IS DISTINCT FROM :own")
            .bind("user", user.value());
        return Rows.bind(statement, "own", own, UUID.class).then();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Plain SHA-256 is enough: there is nothing to guess in 256 random bits. */
    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    record Begun(UUID session, String token) {
        @Override
        public String toString() {
            return "Begun[" + session + "]";
        }
    }

    record Renewed(UserSnapshot user, UUID session, String token) {
        @Override
        public String toString() {
            return "Renewed[" + session + "]";
        }
    }
}
