package chat.parley.room.people;

import chat.parley.contracts.UserId;
import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.Fields;
import chat.parley.room.Rows;
import chat.parley.room.SearchTerms;
import chat.parley.room.Transactions;
import chat.parley.room.Users;
import chat.parley.service.problem.NotFound;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What people say about themselves; their rooms hear of it a moment later. */
@Component
class Profiles {

    private static final int MAX_NAME = 80;

    private final DatabaseClient database;
    private final Transactions transactions;
    private final ChangedProfiles changed;
    private final Clock clock;

    Profiles(DatabaseClient database, Transactions transactions, ChangedProfiles changed, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.changed = changed;
        this.clock = clock;
    }

    Mono<UserSnapshot> change(UserId user, ProfileChanges changes) {
        Fields fields = new Fields();
        String name = changes.name() == null ? null : fields.line("name", changes.name().value(), MAX_NAME);
        String avatar = changes.avatar() == null ? null : fields.picture("avatar", changes.avatar().value());
        fields.check();
        return transactions.run(
            lock(user).flatMap(before ->
                apply(
                    before,
                    name == null ? before.name() : name,
                    changes.avatar() == null ? before.avatar() : avatar
                )
            )
        );
    }

    private Mono<UserSnapshot> apply(UserSnapshot before, String name, @Nullable String avatar) {
        if (before.name().equals(name) && Objects.equals(before.avatar(), avatar)) {
            return Mono.just(before);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return save(before, new Looks(name, avatar), now).delayUntil(after -> changed.add(after.id(), now));
    }

    private Mono<UserSnapshot> lock(UserId user) {
        return database
            .sql("SELECT " + Users.COLUMNS + " FROM users u WHERE u.id = :id FOR NO KEY UPDATE")
            .bind("id", user.value())
            .map(Users::snapshotOf)
            .one()
            .switchIfEmpty(Mono.error(() -> new NotFound("There is no such user.")));
    }

    private Mono<UserSnapshot> save(UserSnapshot before, Looks looks, Instant now) {
        DatabaseClient.GenericExecuteSpec statement = database
            .sql(
                """
                UPDATE users u
                SET name = :name, avatar = :avatar, search = array_to_tsvector(:search), updated_at = :now
                WHERE u.id = :id
                RETURNING %s
                """.formatted(Users.COLUMNS)
            )
            .bind("id", before.id().value())
            .bind("name", looks.name)
            .bind("search", SearchTerms.of(before.username(), looks.name))
            .bind("now", now);
        return Rows.bind(statement, "avatar", looks.avatar, String.class).map(Users::snapshotOf).one();
    }

    private record Looks(String name, @Nullable String avatar) {}
}
