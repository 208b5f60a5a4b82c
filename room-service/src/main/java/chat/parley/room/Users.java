package chat.parley.room;

import chat.parley.contracts.UserId;
import chat.parley.contracts.room.UserSnapshot;
import chat.parley.service.problem.ValidationFailed;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The users of this installation. */
@Component
public class Users {

    /** What {@link #snapshotOf} reads, from a table or alias {@code u}. */
    public static final String COLUMNS =
        "u.id AS u_id, u.username AS u_username, u.name AS u_name, u.avatar AS u_avatar, u.created_at AS u_created_at";

    private final DatabaseClient database;

    Users(DatabaseClient database) {
        this.database = database;
    }

    public Mono<UserSnapshot> find(UserId id) {
        return database
            .sql("SELECT " + COLUMNS + " FROM users u WHERE u.id = :id")
            .bind("id", id.value())
            .map(Users::snapshotOf)
            .one();
    }

    /**
     * Completes if every one of these is a user.
     *
     * @param field the request's field that names them
     * @throws ValidationFailed (in the Mono) if one is not
     */
    public Mono<Void> requireAll(String field, Collection<UserId> ids) {
        if (ids.isEmpty()) {
            return Mono.empty();
        }
        Set<UUID> wanted = new HashSet<>(uuids(ids));
        return database
            .sql("SELECT count(*) AS found FROM users WHERE id = ANY(:ids)")
            .bind("ids", wanted.toArray(UUID[]::new))
            .map(row -> Rows.number(row, "found"))
            .one()
            .filter(found -> found == wanted.size())
            .switchIfEmpty(Mono.error(() -> ValidationFailed.of(field, "unknown_user", "names no user")))
            .then();
    }

    public static UserSnapshot snapshotOf(Readable row) {
        return new UserSnapshot(
            new UserId(Rows.required(row, "u_id", UUID.class)),
            Rows.required(row, "u_username", String.class),
            Rows.required(row, "u_name", String.class),
            row.get("u_avatar", String.class),
            Rows.required(row, "u_created_at", Instant.class)
        );
    }

    private static Collection<UUID> uuids(Collection<UserId> ids) {
        return ids.stream().map(UserId::value).toList();
    }
}
