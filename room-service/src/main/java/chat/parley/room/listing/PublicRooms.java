package chat.parley.room.listing;

import chat.parley.contracts.UserId;
import chat.parley.room.NameFilter;
import chat.parley.room.Places;
import chat.parley.room.RoomView;
import chat.parley.room.Rooms;
import chat.parley.room.Rows;
import chat.parley.service.paging.Cursor;
import chat.parley.service.paging.Page;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The public rooms that somebody could join, by name. */
@Component
class PublicRooms {

    private final DatabaseClient database;

    PublicRooms(DatabaseClient database) {
        this.database = database;
    }

    /**
     * @param typed the beginnings of words of the name
     */
    Mono<Page<RoomView>> page(UserId user, @Nullable String typed, @Nullable String cursor, int limit) {
        Cursor after = Cursor.parse(cursor, 2);
        NameFilter filter = NameFilter.of(typed);
        if (filter.leavesNothing()) {
            return Mono.just(new Page<>(List.of(), null));
        }
        return filter
            .bind(database.sql(statement(filter)))
            .bind("user", user.value())
            .bind("name", after == null ? "" : Places.text(after, 0))
            .bind("id", after == null ? new UUID(0, 0) : Places.id(after, 1))
            .bind("rows", limit + 1)
            .map(row -> new Listed(RoomView.visited(Rooms.snapshotOf(row)), sortName(row)))
            .all()
            .collectList()
            .map(rows -> Page.of(rows, limit, Listed::cursor).map(Listed::room));
    }

    private static String statement(NameFilter filter) {
        return """
        SELECT %s, r.sort_name AS sort_name
        FROM rooms r
        WHERE r.type = 'public' AND (r.sort_name, r.id) > (:name, :id)%s
            AND NOT EXISTS (SELECT 1 FROM members m WHERE m.room_id = r.id AND m.user_id = :user)
        ORDER BY r.sort_name, r.id
        LIMIT :rows
        """.formatted(Rooms.COLUMNS, filter.andCondition("r"));
    }

    private static String sortName(Readable row) {
        return Rows.required(row, "sort_name", String.class);
    }

    private record Listed(RoomView room, String sortName) {
        Cursor cursor() {
            return Cursor.of(sortName, room.id().toString());
        }
    }
}
