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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The public rooms that somebody could join, by name. What is typed is looked for among the next thousand first, where
 * a common word is found at once, and by the index of words if that was not enough: left to itself, the planner reads all
 * rooms when it takes a rare word for a less rare one.
 */
@Component
class PublicRooms {

    private static final int NEXT = 1_000;
    private static final String STATEMENT = """
        SELECT %s, r.sort_name AS sort_name
        FROM %s
            AND NOT EXISTS (SELECT 1 FROM members m WHERE m.room_id = r.id AND m.user_id = :user)
        ORDER BY r.sort_name, r.id
        LIMIT :rows
        """;

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
        Place place = after == null ? Place.FIRST : new Place(Places.text(after, 0), Places.id(after, 1));
        Question question = new Question(user, filter, place, limit + 1);
        return Flux.fromStream(() -> sources(filter))
            .concatMap(source -> rows(source, question), 0)
            .takeUntil(rows -> rows.size() > limit)
            .last()
            .map(rows -> Page.of(rows, limit, Listed::cursor).map(Listed::room));
    }

    private static Stream<String> sources(NameFilter filter) {
        String inOrder = "rooms r WHERE r.type = 'public' AND (r.sort_name, r.id) > (:name, :id)";
        if (filter.leavesEverything()) {
            return Stream.of(inOrder);
        }
        String next =
            "(SELECT * FROM " + inOrder + " ORDER BY r.sort_name, r.id LIMIT " + NEXT + ") r WHERE true";
        String named = "rooms r WHERE r.id IN (SELECT public_rooms_named(CAST(:query AS tsquery)))";
        return Stream.of(next + filter.andCondition("r"), named + " AND (r.sort_name, r.id) > (:name, :id)");
    }

    private Mono<List<Listed>> rows(String source, Question question) {
        return question.filter
            .bind(database.sql(STATEMENT.formatted(Rooms.COLUMNS, source)))
            .bind("user", question.user.value())
            .bind("name", question.after.name)
            .bind("id", question.after.id)
            .bind("rows", question.rows)
            .map(row -> new Listed(RoomView.visited(Rooms.snapshotOf(row)), sortName(row)))
            .all()
            .collectList();
    }

    private static String sortName(Readable row) {
        return Rows.required(row, "sort_name", String.class);
    }

    private record Question(UserId user, NameFilter filter, Place after, int rows) {}

    private record Place(String name, UUID id) {
        private static final Place FIRST = new Place("", new UUID(0, 0));
    }

    private record Listed(RoomView room, String sortName) {
        Cursor cursor() {
            return Cursor.of(sortName, room.id().toString());
        }
    }
}
