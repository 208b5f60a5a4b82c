package chat.parley.room.accounts;

import chat.parley.room.accounts.Credentials.Account;
import chat.parley.room.accounts.Tries.Pair;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Begins sessions, each with its first refresh token, in one statement: every sign-in pays for it. */
@Component
class NewSessions {

    // Those that are too many are found first and locked then: in one step, all hundred would be locked to end one.
    // Until the statement ends the password stays, so that whoever changes it then sees the session and ends it.
    private static final String HELD_AND_BEGUN = """
        WITH holder AS (
            SELECT id FROM users WHERE id = :user AND password_version = :version FOR SHARE
        ), begun AS (
            INSERT INTO sessions (id, user_id, created_at, expires_at)
            SELECT :session, id, :now, :expires FROM holder
            RETURNING id
        ), ended AS (
            DELETE FROM sessions WHERE id = ANY(ARRAY(
                SELECT id FROM sessions WHERE id = ANY(ARRAY(
                    SELECT id FROM sessions WHERE user_id = (SELECT id FROM holder)
                    ORDER BY expires_at DESC OFFSET :others
                ))
                FOR UPDATE SKIP LOCKED
            ))
        )""";
    private static final String WITH_TOKEN =
        " INSERT INTO refresh_tokens (hash, session_id, expires_at) SELECT :hash, id, :expires FROM begun";
    private static final String BEGIN = HELD_AND_BEGUN + WITH_TOKEN;
    // PostgreSQL comes to the tries after the holder, for whom it may have to wait: nobody else at the address waits too.
    private static final String BEGIN_AND_GIVE_BACK = HELD_AND_BEGUN + ", " + Tries.GIVING_BACK + WITH_TOKEN;

    private final DatabaseClient database;
    private final Tries tries;
    private final AuthProperties properties;
    private final Clock clock;

    NewSessions(DatabaseClient database, Tries tries, AuthProperties properties, Clock clock) {
        this.database = database;
        this.tries = tries;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * A session of whoever has just been registered.
     *
     * @throws AccountFailure.InvalidCredentials (in the Mono) if the password has been changed meanwhile
     */
    Mono<Begun> begin(Account account) {
        return Mono.defer(() -> begun(database.sql(BEGIN), account));
    }

    /**
     * A session by a right password. The tries are given back even if it has been changed meanwhile.
     *
     * @throws AccountFailure.InvalidCredentials (in the Mono) if it has
     */
    Mono<Begun> begin(Account account, Pair taken) {
        return Mono.defer(() ->
            begun(tries.bindGivingBack(database.sql(BEGIN_AND_GIVE_BACK), taken), account)
        );
    }

    private Mono<Begun> begun(GenericExecuteSpec statement, Account account) {
        Begun begun = new Begun(UUID.randomUUID(), RefreshToken.random());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return statement
            .bind("user", account.user().id().value())
            .bind("version", account.passwordVersion())
            .bind("session", begun.session)
            .bind("hash", begun.token.hash())
            .bind("now", now)
            .bind("expires", now.plus(properties.sessionLifetime()))
            // The statement does not see the session that it begins.
            .bind("others", properties.sessionsPerUser() - 1)
            .fetch()
            .rowsUpdated()
            .filter(rows -> rows == 1)
            .switchIfEmpty(Mono.error(AccountFailure.InvalidCredentials::new))
            .thenReturn(begun);
    }

    /** A session that has begun. */
    record Begun(UUID session, RefreshToken token) {}
}
