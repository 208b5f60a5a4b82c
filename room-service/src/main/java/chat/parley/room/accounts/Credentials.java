package chat.parley.room.accounts;

import chat.parley.contracts.UserId;
import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.Rows;
import chat.parley.room.SearchTerms;
import chat.parley.room.Users;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Users and their password hashes. */
@Component
class Credentials {

    /** What {@link #accountOf} reads, from a table or alias {@code u}. */
    static final String COLUMNS = Users.COLUMNS + ", u.password_hash, u.password_version";

    private final DatabaseClient database;

    Credentials(DatabaseClient database) {
        this.database = database;
    }

    /**
     * @throws AccountFailure.UsernameTaken (in the Mono) if it is
     */
    Mono<Account> add(String username, String name, String passwordHash, Instant now) {
        return database
            .sql(
                """
                INSERT INTO users AS u (id, username, name, password_hash, search, created_at, updated_at)
                VALUES (:id, :username, :name, :hash, array_to_tsvector(:search), :now, :now)
                ON CONFLICT (username) DO NOTHING
                RETURNING %s
                """.formatted(Users.COLUMNS)
            )
            .bind("id", UserId.random().value())
            .bind("username", username)
            .bind("name", name)
            .bind("hash", passwordHash)
            .bind("search", SearchTerms.of(username, name))
            .bind("now", now)
            .map(row -> new Account(Users.snapshotOf(row), passwordHash, 0))
            .one()
            .switchIfEmpty(Mono.error(AccountFailure.UsernameTaken::new));
    }

    Mono<Account> find(UserId id) {
        return database
            .sql("SELECT " + COLUMNS + " FROM users u WHERE u.id = :id")
            .bind("id", id.value())
            .map(Credentials::accountOf)
            .one();
    }

    static Account accountOf(Readable row) {
        return new Account(
            Users.snapshotOf(row),
            row.get("password_hash", String.class),
            Rows.required(row, "password_version", Integer.class)
        );
    }

    /** The same password, hashed anew; nothing happens if it has been changed meanwhile. */
    Mono<Void> replaceHash(Account account, String passwordHash) {
        return database
            .sql("UPDATE users SET password_hash = :hash WHERE id = :id AND password_version = :version")
            .bind("id", account.user().id().value())
            .bind("version", account.passwordVersion())
            .bind("hash", passwordHash)
            .then();
    }

    /**
     * Within a transaction: gives the account another password, and waits for sign-ins that are about to begin a
     * session by the one before.
     *
     * @throws AccountFailure.InvalidCredentials (in the Mono) if somebody else has been quicker
     */
    Mono<Void> changePassword(Account account, String passwordHash) {
        return database
            .sql(
                """
                UPDATE users SET password_hash = :hash, password_version = password_version + 1
                WHERE id = :id AND password_version = :version
                """
            )
            .bind("id", account.user().id().value())
            .bind("version", account.passwordVersion())
            .bind("hash", passwordHash)
            .fetch()
            .rowsUpdated()
            .filter(rows -> rows == 1)
            .switchIfEmpty(Mono.error(AccountFailure.InvalidCredentials::new))
            .then();
    }

    /**
     * @param passwordHash null for somebody who signs in elsewhere
     * @param passwordVersion how often the password has been changed
     */
    record Account(UserSnapshot user, @Nullable String passwordHash, int passwordVersion) {
        @Override
        public String toString() {
            return "Account[" + user.id() + "]";
        }
    }
}
