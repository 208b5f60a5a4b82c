package chat.parley.room.people;

import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.RoomEvent.MemberUpdated;
import chat.parley.room.Members;
import chat.parley.room.Outbox;
import chat.parley.room.Rows;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * People whose rooms have yet to hear of their new name or picture. Somebody may be in hundreds of rooms, so these are
 * told some at a time, each under its lock as all its events are; whoever changes again meanwhile is told of from the
 * beginning.
 */
@Component
class ChangedProfiles {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final DatabaseClient database;
    private final Outbox outbox;
    private final ProfileNewsProperties properties;
    private final Clock clock;

    ChangedProfiles(DatabaseClient database, Outbox outbox, ProfileNewsProperties properties, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.properties = properties;
        this.clock = clock;
    }

    /** Within the transaction of the change. */
    Mono<Void> add(UserId user, Instant now) {
        return database
            .sql(
                """
                INSERT INTO changed_profiles (user_id, changed_at) VALUES (:user, :now)
                ON CONFLICT (user_id) DO UPDATE SET changed_at = :now, told_up_to = NULL
                """
            )
            .bind("user", user.value())
            .bind("now", now)
            .then();
    }

    /** Tells some rooms of whoever has waited longest and is in nobody's hands; false if there is no such person. */
    Mono<Boolean> tellSome() {
        return outbox.commit(
            oldest()
                .flatMap(changed -> tell(changed).thenReturn(true))
                .defaultIfEmpty(false)
        );
    }

    private Mono<Changed> oldest() {
        return database
            .sql(
                """
                SELECT user_id, coalesce(told_up_to, :before) AS told_up_to FROM changed_profiles
                ORDER BY changed_at, user_id LIMIT 1 FOR UPDATE SKIP LOCKED
                """
            )
            .bind("before", BEFORE_ALL)
            .map(row ->
                new Changed(
                    Rows.required(row, "user_id", UUID.class),
                    Rows.required(row, "told_up_to", UUID.class)
                )
            )
            .one();
    }

    private Mono<Void> tell(Changed changed) {
        return lockRooms(changed).flatMap(rooms ->
            events(changed.user, rooms)
                .flatMap(outbox::append)
                .then(
                    rooms.size() < properties.roomsAtOnce()
                        ? forget(changed.user)
                        : goOnAfter(changed.user, rooms.getLast())
                )
        );
    }

    /** In the order of their ids, as everybody does who locks several. */
    private Mono<List<UUID>> lockRooms(Changed changed) {
        return database
            .sql(
                """
                SELECT r.id FROM rooms r JOIN members m ON m.room_id = r.id
                WHERE m.user_id = :user AND m.room_id > :after
                ORDER BY r.id LIMIT :most FOR NO KEY UPDATE OF r
                """
            )
            .bind("user", changed.user)
            .bind("after", changed.toldUpTo)
            .bind("most", properties.roomsAtOnce())
            .map(row -> Rows.required(row, "id", UUID.class))
            .all()
            .collectList();
    }

    // A statement of its own, begun under the locks: who has left one of the rooms meanwhile is not told of there.
    private Mono<List<MemberUpdated>> events(UUID user, List<UUID> rooms) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return database
            .sql(
                """
                SELECT m.room_id, %s FROM members m JOIN users u ON u.id = m.user_id
                WHERE m.user_id = :user AND m.room_id = ANY(:rooms)
                ORDER BY m.room_id
                """.formatted(Members.COLUMNS)
            )
            .bind("user", user)
            .bind("rooms", rooms.toArray(UUID[]::new))
            .map(row -> event(row, now))
            .all()
            .collectList();
    }

    private static MemberUpdated event(Readable row, Instant now) {
        RoomId room = new RoomId(Rows.required(row, "room_id", UUID.class));
        return new MemberUpdated(EventId.random(), now, null, room, Members.snapshotOf(row));
    }

    private Mono<Void> forget(UUID user) {
        return database.sql("DELETE FROM changed_profiles WHERE user_id = :user").bind("user", user).then();
    }

    private Mono<Void> goOnAfter(UUID user, UUID room) {
        return database
            .sql("UPDATE changed_profiles SET told_up_to = :room WHERE user_id = :user")
            .bind("user", user)
            .bind("room", room)
            .then();
    }

    private record Changed(UUID user, UUID toldUpTo) {}
}
