package chat.parley.room;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomSnapshot;
import chat.parley.contracts.room.RoomType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The rooms, each with its row lock: whoever changes a room or its members holds it. */
@Component
public class Rooms {

    /** What {@link #snapshotOf} reads, from a table or alias {@code r}. */
    public static final String COLUMNS =
        "r.id AS r_id, r.name AS r_name, r.type AS r_type, r.topic AS r_topic, r.avatar AS r_avatar," +
        " r.retention_days AS r_retention_days, r.created_by AS r_created_by, r.created_at AS r_created_at," +
        " r.updated_at AS r_updated_at, r.member_count AS r_member_count, r.last_seq AS r_last_seq," +
        " r.last_message_at AS r_last_message_at";

    private final DatabaseClient database;

    Rooms(DatabaseClient database) {
        this.database = database;
    }

    /**
     * The room as it is, without a lock.
     *
     * @throws RoomFailure.NoSuchRoom (in the Mono) if there is none
     */
    public Mono<Standing> standing(RoomId room, UserId user) {
        return database
            .sql(
                "SELECT " +
                    COLUMNS +
                    ", m.role AS m_role FROM rooms r" +
                    " LEFT JOIN members m ON m.room_id = r.id AND m.user_id = :user WHERE r.id = :room"
            )
            .bind("room", room.value())
            .bind("user", user.value())
            .map(row -> new Standing(snapshotOf(row), roleOf(row)))
            .one()
            .switchIfEmpty(Mono.error(RoomFailure.NoSuchRoom::new));
    }

    /**
     * The room as it is and stays until this transaction ends.
     *
     * @throws RoomFailure.NoSuchRoom (in the Mono) if there is none
     */
    public Mono<Standing> lock(RoomId room, UserId user) {
        // The role in a statement of its own: read together with the lock it would be of the time before the wait.
        return lock(room)
            .switchIfEmpty(Mono.error(RoomFailure.NoSuchRoom::new))
            .flatMap(locked -> role(room, user).map(role -> new Standing(locked, role.orElse(null))));
    }

    private Mono<RoomSnapshot> lock(RoomId room) {
        return database
            .sql("SELECT " + COLUMNS + " FROM rooms r WHERE r.id = :room FOR NO KEY UPDATE")
            .bind("room", room.value())
            .map(Rooms::snapshotOf)
            .one();
    }

    private Mono<Optional<Role>> role(RoomId room, UserId user) {
        return database
            .sql("SELECT role AS m_role FROM members WHERE room_id = :room AND user_id = :user")
            .bind("room", room.value())
            .bind("user", user.value())
            .map(row -> Optional.ofNullable(roleOf(row)))
            .one()
            .defaultIfEmpty(Optional.empty());
    }

    public static RoomSnapshot snapshotOf(Readable row) {
        UUID createdBy = row.get("r_created_by", UUID.class);
        return new RoomSnapshot(
            new RoomId(Rows.required(row, "r_id", UUID.class)),
            row.get("r_name", String.class),
            RoomType.valueOf(Rows.required(row, "r_type", String.class).toUpperCase(Locale.ROOT)),
            row.get("r_topic", String.class),
            row.get("r_avatar", String.class),
            row.get("r_retention_days", Integer.class),
            createdBy == null ? null : new UserId(createdBy),
            Rows.required(row, "r_created_at", Instant.class),
            Rows.required(row, "r_updated_at", Instant.class),
            Rows.required(row, "r_member_count", Integer.class),
            Rows.number(row, "r_last_seq"),
            row.get("r_last_message_at", Instant.class)
        );
    }

    /** The column {@code m_role}; null where nobody is joined. */
    public static @Nullable Role roleOf(Readable row) {
        String role = row.get("m_role", String.class);
        return role == null ? null : Role.valueOf(role.toUpperCase(Locale.ROOT));
    }
}
