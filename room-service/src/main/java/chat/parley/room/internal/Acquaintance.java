package chat.parley.room.internal;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Membership;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomType;
import chat.parley.room.Fields;
import chat.parley.room.Rooms;
import chat.parley.room.Rows;
import chat.parley.room.Users;
import chat.parley.service.rooms.RoomsClient.RoomIds;
import io.r2dbc.spi.Readable;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Who is where, and with whom. */
@Component
class Acquaintance {

    // A message names those it mentions, and every one of them is told: beyond this the room itself is the address.
    static final int MOST_MENTIONED = 1_000;

    // 200 KB, below what a client takes into memory.
    static final int ROOMS_A_PAGE = 5_000;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final DatabaseClient database;

    Acquaintance(DatabaseClient database) {
        this.database = database;
    }

    Mono<Membership> membership(RoomId room, UserId user) {
        return database
            .sql(
                """
                SELECT r.type AS r_type, m.role AS m_role, %s
                FROM rooms r
                LEFT JOIN members m ON m.room_id = r.id AND m.user_id = :user
                LEFT JOIN users u ON u.id = m.user_id
                WHERE r.id = :room
                """.formatted(Users.COLUMNS)
            )
            .bind("room", room.value())
            .bind("user", user.value())
            .map(row -> membershipOf(room, user, row))
            .one()
            .defaultIfEmpty(new Membership(room, user, null, null, null));
    }

    private static Membership membershipOf(RoomId room, UserId user, Readable row) {
        RoomType type = RoomType.valueOf(Rows.required(row, "r_type", String.class).toUpperCase(Locale.ROOT));
        Role role = Rooms.roleOf(row);
        return new Membership(room, user, type, role, role == null ? null : Users.snapshotOf(row));
    }

    /**
     * A page of the rooms that the user is in, in the order of their ids.
     *
     * @param after the last one of the page before; null for the first page
     */
    Mono<RoomIds> roomsOf(UserId user, @Nullable RoomId after) {
        return database
            .sql(
                """
                SELECT room_id FROM members WHERE user_id = :user AND room_id > :after
                ORDER BY room_id LIMIT :most
                """
            )
            .bind("user", user.value())
            .bind("after", after == null ? BEFORE_ALL : after.value())
            .bind("most", ROOMS_A_PAGE)
            .map(row -> new RoomId(Rows.required(row, "room_id", UUID.class)))
            .all()
            .collectList()
            .map(page -> new RoomIds(page, page.size() < ROOMS_A_PAGE ? null : page.getLast()));
    }

    /** Those who share a room with the user; everybody does with themself. */
    Mono<List<UserId>> among(UserId user, Collection<UserId> candidates) {
        return database
            .sql(
                """
                SELECT DISTINCT candidate.id AS id
                FROM unnest(:candidates) AS candidate (id)
                WHERE candidate.id = :user OR EXISTS (
                    SELECT 1 FROM members theirs
                    JOIN members mine ON mine.room_id = theirs.room_id AND mine.user_id = :user
                    WHERE theirs.user_id = candidate.id
                )
                """
            )
            .bind("user", user.value())
            .bind("candidates", candidates.stream().map(UserId::value).toArray(UUID[]::new))
            .map(row -> new UserId(Rows.required(row, "id", UUID.class)))
            .all()
            .collectList();
    }

    /** Members of these names; with {@code all} among the names, everybody up to {@link #MOST_MENTIONED}. */
    Mono<Map<String, UserId>> mentioned(RoomId room, Collection<String> usernames) {
        return database
            .sql(
                """
                SELECT u.username, u.id
                FROM users u JOIN members m ON m.user_id = u.id AND m.room_id = :room
                WHERE u.username = ANY(:usernames) OR 'all' = ANY(:usernames)
                ORDER BY u.username = ANY(:usernames) DESC, m.joined_at
                LIMIT :most
                """
            )
            .bind("most", MOST_MENTIONED)
            .bind("room", room.value())
            .bind("usernames", usernames.stream().filter(Acquaintance::canBeStored).toArray(String[]::new))
            .map(row ->
                Map.entry(
                    Rows.required(row, "username", String.class),
                    new UserId(Rows.required(row, "id", UUID.class))
                )
            )
            .all()
            .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** PostgreSQL refuses the character NUL, also as something to look for. */
    private static boolean canBeStored(String username) {
        return username.codePoints().noneMatch(Fields::isUnprintable);
    }
}
