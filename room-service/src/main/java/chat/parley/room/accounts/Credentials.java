package chat.parley.room.accounts;

import chat.parley.contracts.UserId;
import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.SearchTerms;
import chat.parley.room.Users;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Users and their password hashes. */
@Component
class Credentials {

    private final DatabaseClient database;

    Credentials(DatabaseClient database) {
        this.database = database;
    }

    /**
     * @throws AccountFailure.UsernameTaken (in the Mono) if it is
     */
    Mono<UserSnapshot> add(String username, String name, String passwordHash, Instant now) {
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
            .map(Users::snapshotOf)
            .one()
            .switchIfEmpty(Mono.error(AccountFailure.UsernameTaken::new));
    }

    Mono<Account> find(String username) {
        return database
            .sql("SELECT " + Users.COLUMNS + ", u.password_hash FROM users u WHERE u.username = :username")
            .bind("username", username)
            .map(row -> new Account(Users.snapshotOf(row), row.get("password_hash", String.class)))
            .one();
    }

    /**
     * @param passwordHash null for somebody who signs in elsewhere
     */
    record Account(UserSnapshot user, @Nullable String passwordHash) {}
}
