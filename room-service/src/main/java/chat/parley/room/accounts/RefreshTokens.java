package chat.parley.room.accounts;

import chat.parley.contracts.UserId;
import chat.parley.contracts.room.UserSnapshot;
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
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The tokens that keep people signed in. Each is good once and is exchanged for the next; should one come twice, it
 * was stolen from somebody or by somebody, and the session ends for both.
 */
@Component
class RefreshTokens {

    private static final int TOKEN_BYTES = 32;

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

    /** Begins a session and gives its first token. The user's sessions that ran out are swept on the way. */
    Mono<String> begin(UserId user) {
        return Mono.defer(() -> {
            Instant now = now();
            UUID session = UUID.randomUUID();
            String token = newToken();
            return transactions.run(
                sweep(user, now)
                    .then(openSession(session, user, now))
                    .then(add(token, session, now))
                    .thenReturn(token)
            );
        });
    }

    private Mono<Void> sweep(UserId user, Instant now) {
        return database
            .sql("DELETE FROM sessions WHERE user_id = :user AND expires_at < :now")
            .bind("user", user.value())
            .bind("now", now)
            .then();
    }

    private Mono<Void> openSession(UUID session, UserId user, Instant now) {
        return database
            .sql(
                "INSERT INTO sessions (id, user_id, created_at, expires_at) VALUES (:id, :user, :now, :expires)"
            )
            .bind("id", session)
            .bind("user", user.value())
            .bind("now", now)
            .bind("expires", now.plus(properties.sessionLifetime()))
            .then();
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
            String next = newToken();
            Mono<Renewed> renewed = use(token, now).flatMap(session ->
                add(next, session, now)
                    .then(extend(session, now))
                    .then(forget(session, now))
                    .then(userOf(session))
                    .map(user -> new Renewed(user, next))
            );
            // The session's end has to be committed, so the failure comes after the transaction.
            return transactions
                .run(renewed.switchIfEmpty(Mono.defer(() -> end(token)).then(Mono.empty())))
                .switchIfEmpty(Mono.error(AccountFailure.InvalidRefreshToken::new));
        });
    }

    private Mono<UUID> use(String token, Instant now) {
        return database
            .sql(
                """
                UPDATE refresh_tokens SET used_at = :now
                WHERE hash = :hash AND used_at IS NULL AND expires_at > :now
                RETURNING session_id
                """
            )
            .bind("hash", hash(token))
            .bind("now", now)
            .map(row -> row.get("session_id", UUID.class))
            .one();
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

    /** Ends the session of a token, used or not; of no token of ours, nothing. */
    Mono<Void> end(String token) {
        return database
            .sql("DELETE FROM sessions WHERE id = (SELECT session_id FROM refresh_tokens WHERE hash = :hash)")
            .bind("hash", hash(token))
            .then();
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

    record Renewed(UserSnapshot user, String token) {}
}
