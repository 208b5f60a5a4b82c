package chat.parley.room.accounts;

import chat.parley.contracts.UserId;
import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.Rows;
import chat.parley.room.Transactions;
import chat.parley.room.Users;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    private final DatabaseClient database;
    private final Transactions transactions;
    private final AuthProperties properties;
    private final Clock clock;

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

    private Mono<Void> add(RefreshToken token, UUID session, Instant now) {
        return database
            .sql(
                "INSERT INTO refresh_tokens (hash, session_id, expires_at) VALUES (:hash, :session, :expires)"
            )
            .bind("hash", token.hash())
            .bind("session", session)
            .bind("expires", now.plus(properties.sessionLifetime()))
            .then();
    }

    /**
     * Exchanges a token for the next.
     *
     * @throws AccountFailure.InvalidRefreshToken (in the Mono) if it is good for nothing
     */
    Mono<Renewed> rotate(RefreshToken token) {
        return Mono.defer(() -> {
            Instant now = now();
            // A session's end has to be committed, so the failure comes after the transaction.
            return transactions
                .run(lockSession(token).flatMap(session -> rotate(token, session, now)))
                .switchIfEmpty(Mono.error(AccountFailure.InvalidRefreshToken::new));
        });
    }

    /** The session first, and its tokens after it: in the order in which an end of the session takes them. */
    private Mono<UUID> lockSession(RefreshToken token) {
        return database
            .sql(
                """
                SELECT s.id FROM sessions s
                WHERE s.id = (SELECT t.session_id FROM refresh_tokens t WHERE t.hash = :hash)
                FOR NO KEY UPDATE
                """
            )
            .bind("hash", token.hash())
            .map(row -> Rows.required(row, "id", UUID.class))
            .one();
    }

    private Mono<Renewed> rotate(RefreshToken token, UUID session, Instant now) {
        RefreshToken next = RefreshToken.random();
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

    private Mono<Boolean> use(RefreshToken token, Instant now) {
        return database
            .sql(
                "UPDATE refresh_tokens SET used_at = :now WHERE hash = :hash AND used_at IS NULL AND expires_at > :now"
            )
            .bind("hash", token.hash())
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
    Mono<Void> end(RefreshToken token) {
        return database
            .sql("DELETE FROM sessions WHERE id = (SELECT session_id FROM refresh_tokens WHERE hash = :hash)")
            .bind("hash", token.hash())
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

    record Renewed(UserSnapshot user, UUID session, RefreshToken token) {
        @Override
        public String toString() {
            return "Renewed[" + session + "]";
        }
    }
}
