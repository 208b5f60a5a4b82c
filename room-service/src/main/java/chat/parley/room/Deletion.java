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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The end of a room. */
@Component
public class Deletion {

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
        return membersOf(room)
            .flatMap(members -> outbox.append(events(room, members, socketId)))
            .then(
                Mono.defer(() ->
                    database.sql("DELETE FROM rooms WHERE id = :room").bind("room", room.value()).then()
                )
            );
    }

    private Mono<List<UserId>> membersOf(RoomId room) {
        return database
            .sql("SELECT user_id FROM members WHERE room_id = :room ORDER BY user_id")
            .bind("room", room.value())
            .map(row -> new UserId(Rows.required(row, "user_id", UUID.class)))
            .all()
            .collectList();
    }

    private List<RoomEvent> events(RoomId room, List<UserId> members, @Nullable String socketId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return Stream.concat(
            Stream.<RoomEvent>of(new RoomDeleted(EventId.random(), now, socketId, room)),
            members.stream().map(user -> new MemberRemoved(EventId.random(), now, socketId, room, user))
        ).toList();
    }
}
