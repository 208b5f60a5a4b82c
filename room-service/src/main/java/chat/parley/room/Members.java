package chat.parley.room;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.MemberSnapshot;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomSnapshot;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who is in which room. Whoever adds or removes holds the room's lock, so that its count of members is right. */
@Component
public class Members {

    /** What {@link #snapshotOf} reads, from aliases {@code m} and {@code u}. */
    public static final String COLUMNS =
        Users.COLUMNS +
        ", m.role AS m_role, m.joined_at AS m_joined_at, m.last_read_seq AS m_last_read_seq," +
        " m.last_read_at AS m_last_read_at";

    private final DatabaseClient database;

    Members(DatabaseClient database) {
        this.database = database;
    }

    public Mono<MemberSnapshot> find(RoomId room, UserId user) {
        return database
            .sql(
                "SELECT " +
                    COLUMNS +
                    " FROM members m JOIN users u ON u.id = m.user_id WHERE m.room_id = :room AND m.user_id = :user"
            )
            .bind("room", room.value())
            .bind("user", user.value())
            .map(Members::snapshotOf)
            .one();
    }

    /** Adds those who are no members yet, and gives them: what was said before they came counts as read. */
    public Flux<MemberSnapshot> add(RoomId room, Collection<UserId> users, Role role, Instant now) {
        return database
            .sql(
                """
                WITH added AS (
                    INSERT INTO members (room_id, user_id, role, joined_at, last_read_seq)
                    SELECT r.id, given.user_id, :role, :now, r.last_seq
                    FROM rooms r, unnest(:users) AS given (user_id)
                    WHERE r.id = :room
                    ON CONFLICT DO NOTHING
                    RETURNING *
                ), counted AS (
                    UPDATE rooms SET member_count = member_count + (SELECT count(*) FROM added) WHERE id = :room
                )
                SELECT %s FROM added m JOIN users u ON u.id = m.user_id ORDER BY u.id
                """.formatted(COLUMNS)
            )
            .bind("room", room.value())
            .bind("users", users.stream().map(UserId::value).toArray(UUID[]::new))
            .bind("role", wire(role))
            .bind("now", now)
            .map(Members::snapshotOf)
            .all();
    }

    public Mono<Void> change(RoomId room, UserId user, Role role) {
        return database
            .sql("UPDATE members SET role = :role WHERE room_id = :room AND user_id = :user")
            .bind("room", room.value())
            .bind("user", user.value())
            .bind("role", wire(role))
            .then();
    }

    public Mono<Void> remove(RoomId room, UserId user) {
        return database
            .sql(
                """
                WITH removed AS (
                    DELETE FROM members WHERE room_id = :room AND user_id = :user RETURNING 1
                )
                UPDATE rooms SET member_count = member_count - (SELECT count(*) FROM removed) WHERE id = :room
                """
            )
            .bind("room", room.value())
            .bind("user", user.value())
            .then();
    }

    /**
     * Completes if the room can do without this member as an admin.
     *
     * @throws RoomFailure.LastAdmin (in the Mono) if it cannot
     */
    public Mono<Void> requireOtherAdmin(RoomId room, MemberSnapshot member) {
        if (member.role() != Role.ADMIN) {
            return Mono.empty();
        }
        return hasOtherAdmin(room, member.user().id())
            .filter(found -> found)
            .switchIfEmpty(Mono.error(RoomFailure.LastAdmin::new))
            .then();
    }

    private Mono<Boolean> hasOtherAdmin(RoomId room, UserId user) {
        return database
            .sql(
                "SELECT EXISTS (SELECT 1 FROM members" +
                    " WHERE room_id = :room AND role = 'admin' AND user_id <> :user) AS found"
            )
            .bind("room", room.value())
            .bind("user", user.value())
            .map(row -> Rows.required(row, "found", Boolean.class))
            .one();
    }

    public static MemberSnapshot snapshotOf(Readable row) {
        return new MemberSnapshot(
            Users.snapshotOf(row),
            Objects.requireNonNull(Rooms.roleOf(row)),
            Rows.required(row, "m_joined_at", Instant.class),
            Rows.number(row, "m_last_read_seq"),
            row.get("m_last_read_at", Instant.class)
        );
    }

    /** The room as it is with one member count more or less than it was locked with. */
    public static RoomSnapshot counted(RoomSnapshot room, int members) {
        return new RoomSnapshot(
            room.id(),
            room.name(),
            room.type(),
            room.topic(),
            room.avatar(),
            room.retentionDays(),
            room.createdBy(),
            room.createdAt(),
            room.updatedAt(),
            members,
            room.lastSeq(),
            room.lastMessageAt()
        );
    }

    private static String wire(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
