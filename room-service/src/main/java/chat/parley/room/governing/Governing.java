package chat.parley.room.governing;

import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.RoomEvent.RoomUpdated;
import chat.parley.contracts.room.RoomSnapshot;
import chat.parley.room.Deletion;
import chat.parley.room.Members;
import chat.parley.room.Outbox;
import chat.parley.room.RoomView;
import chat.parley.room.Rooms;
import chat.parley.room.Rows;
import chat.parley.room.SearchTerms;
import chat.parley.room.Standing;
import chat.parley.room.audit.AuditLog;
import chat.parley.room.audit.Deed;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Changes rooms and ends them. */
@Component
class Governing {

    private final Rooms rooms;
    private final Members members;
    private final Deletion deletion;
    private final Outbox outbox;
    private final AuditLog audit;
    private final DatabaseClient database;
    private final Clock clock;

    Governing(
        Rooms rooms,
        Members members,
        Deletion deletion,
        Outbox outbox,
        AuditLog audit,
        DatabaseClient database,
        Clock clock
    ) {
        this.rooms = rooms;
        this.members = members;
        this.deletion = deletion;
        this.outbox = outbox;
        this.audit = audit;
        this.database = database;
        this.clock = clock;
    }

    Mono<RoomView> change(UserId admin, RoomId room, RoomChanges changes, @Nullable String socketId) {
        return outbox.commit(
            rooms
                .lock(room, admin)
                .map(Standing::requireAdmin)
                .flatMap(standing -> change(admin, standing.room(), changes, socketId))
                .flatMap(changed -> members.find(room, admin).map(member -> RoomView.of(changed, member)))
        );
    }

    private Mono<RoomSnapshot> change(
        UserId admin,
        RoomSnapshot room,
        RoomChanges changes,
        @Nullable String socketId
    ) {
        return apply(room, changes, socketId).delayUntil(changed ->
            audit.write(Deed.change(admin, room, changed))
        );
    }

    private Mono<RoomSnapshot> apply(RoomSnapshot room, RoomChanges changes, @Nullable String socketId) {
        RoomSnapshot changed = changes.applyTo(room, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        if (changed.equals(room)) {
            return Mono.just(room);
        }
        RoomUpdated event = new RoomUpdated(
            EventId.random(),
            changed.updatedAt(),
            socketId,
            room.id(),
            changed
        );
        return save(changed).then(outbox.append(List.of(event))).thenReturn(changed);
    }

    private Mono<Void> save(RoomSnapshot room) {
        String name = room.name() == null ? "" : room.name();
        GenericExecuteSpec statement = database
            .sql(
                """
                UPDATE rooms
                SET name = :name, topic = :topic, avatar = :avatar, retention_days = :days, updated_at = :now,
                    search = array_to_tsvector(:search), sort_name = :sort
                WHERE id = :id
                """
            )
            .bind("id", room.id().value())
            .bind("now", room.updatedAt())
            .bind("search", SearchTerms.of(name))
            .bind("sort", SearchTerms.sortable(name));
        statement = Rows.bind(statement, "name", room.name(), String.class);
        statement = Rows.bind(statement, "topic", room.topic(), String.class);
        statement = Rows.bind(statement, "avatar", room.avatar(), String.class);
        return Rows.bind(statement, "days", room.retentionDays(), Integer.class).then();
    }

    Mono<Void> delete(UserId admin, RoomId room, @Nullable String socketId) {
        return outbox.commit(
            rooms
                .lock(room, admin)
                .map(Standing::requireAdmin)
                .flatMap(_ -> deletion.delete(room, socketId).then(audit.write(Deed.deletion(admin, room))))
        );
    }
}
