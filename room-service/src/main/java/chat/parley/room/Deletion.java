package chat.parley.room;

import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.RoomEvent;
import chat.parley.contracts.room.RoomEvent.MemberRemoved;
import chat.parley.contracts.room.RoomEvent.RoomDeleted;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The end of a room. */
@Component
public class Deletion {

    private static final int AT_ONCE = 1_000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final DatabaseClient database;
    private final Outbox outbox;
    private final Clock clock;

    Deletion(DatabaseClient database, Outbox outbox, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Within a transaction that holds the room's lock: it and its members are gone, and everybody is told. */
    public Mono<Void> delete(RoomId room, @Nullable String socketId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return outbox
            .append(List.of(new RoomDeleted(EventId.random(), now, socketId, room)))
            .thenMany(allMembers(room))
            .concatMap(members -> outbox.append(removals(room, members, now, socketId)))
            .then(
                Mono.defer(() ->
                    database.sql("DELETE FROM rooms WHERE id = :room").bind("room", room.value()).then()
                )
            );
    }

    /** A thousand at a time, however many there are: nobody comes or goes under the lock. */
    private Flux<List<UUID>> allMembers(RoomId room) {
        return membersAfter(BEFORE_ALL, room).expand(members ->
            members.size() < AT_ONCE ? Mono.empty() : membersAfter(members.getLast(), room)
        );
    }

    private Mono<List<UUID>> membersAfter(UUID user, RoomId room) {
        return database
            .sql(
                """
                SELECT user_id FROM members WHERE room_id = :room AND user_id > :user
                ORDER BY user_id
                LIMIT :rows
                """
            )
            .bind("room", room.value())
            .bind("user", user)
            .bind("rows", AT_ONCE)
            .map(row -> Rows.required(row, "user_id", UUID.class))
            .all()
            .collectList();
    }

    private static List<RoomEvent> removals(
        RoomId room,
        List<UUID> members,
        Instant now,
        @Nullable String socketId
    ) {
        return members
            .stream()
            .<RoomEvent>map(user ->
                new MemberRemoved(EventId.random(), now, socketId, room, new UserId(user))
            )
            .toList();
    }
}
