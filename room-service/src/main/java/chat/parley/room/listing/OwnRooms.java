package chat.parley.room.listing;

import chat.parley.contracts.UserId;
import chat.parley.room.Places;
import chat.parley.room.RoomView;
import chat.parley.service.paging.Cursor;
import chat.parley.service.paging.Page;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Somebody's rooms, the latest activity first. They are found by the index of members and sorted then: an index in
 * that order would have to be written by every message, once for each member.
 */
@Component
class OwnRooms {

    private static final Instant FAR_AHEAD = Instant.parse("9999-12-31T00:00:00Z");

    private final DatabaseClient database;

    OwnRooms(DatabaseClient database) {
        this.database = database;
    }

    Mono<Page<RoomView>> page(UserId user, @Nullable String cursor, int limit) {
        Cursor after = Cursor.parse(cursor, 2);
        return database
            .sql(
                """
                SELECT %s
                FROM members m JOIN rooms r ON r.id = m.room_id
                WHERE m.user_id = :user AND (coalesce(r.last_message_at, r.created_at), r.id) < (:time, :id)
                ORDER BY coalesce(r.last_message_at, r.created_at) DESC, r.id DESC
                LIMIT :rows
                """.formatted(RoomView.COLUMNS)
            )
            .bind("user", user.value())
            .bind("time", after == null ? FAR_AHEAD : Places.time(after, 0))
            .bind("id", after == null ? new UUID(-1, -1) : Places.id(after, 1))
            .bind("rows", limit + 1)
            .map(RoomView::read)
            .all()
            .collectList()
            .map(rows -> Page.of(rows, limit, OwnRooms::cursorOf));
    }

    private static Cursor cursorOf(RoomView room) {
        Instant active = room.lastMessageAt() == null ? room.createdAt() : room.lastMessageAt();
        return Cursor.of(Places.of(active), room.id().toString());
    }
}
