package chat.parley.room.membership;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.MemberSnapshot;
import chat.parley.room.Members;
import chat.parley.room.NameFilter;
import chat.parley.room.Places;
import chat.parley.room.Rooms;
import chat.parley.room.Standing;
import chat.parley.service.paging.Cursor;
import chat.parley.service.paging.Page;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Who is in a room, in the order in which they joined; for members. What is typed is looked for among the next thousand
 * first, where a common word is found at once, and then among those whom the index of words names.
 */
@Component
class MemberList {

    private static final int NEXT = 1_000;

    private final Rooms rooms;
    private final DatabaseClient database;

    MemberList(Rooms rooms, DatabaseClient database) {
        this.rooms = rooms;
        this.database = database;
    }

    Mono<Page<MemberSnapshot>> page(UserId caller, RoomId room, Question question) {
        Cursor after = Cursor.parse(question.cursor, 2);
        Instant time = after == null ? Instant.EPOCH : Places.time(after, 0);
        UUID id = after == null ? new UUID(0, 0) : Places.id(after, 1);
        return rooms
            .standing(room, caller)
            .map(Standing::requireMember)
            .flatMap(_ -> rows(room, question, time, id))
            .map(rows -> Page.of(rows, question.limit, MemberList::cursorOf));
    }

    private Mono<List<MemberSnapshot>> rows(RoomId room, Question question, Instant time, UUID id) {
        NameFilter filter = NameFilter.of(question.typed);
        if (filter.leavesNothing()) {
            return Mono.just(List.of());
        }
        return statements(filter)
            .concatMap(
                statement ->
                    filter
                        .bind(database.sql(statement))
                        .bind("room", room.value())
                        .bind("time", time)
                        .bind("id", id)
                        .bind("rows", question.limit + 1)
                        .map(Members::snapshotOf)
                        .all()
                        .collectList(),
                0
            )
            .takeUntil(rows -> rows.size() > question.limit)
            .last();
    }

    private static Flux<String> statements(NameFilter filter) {
        return filter.leavesEverything()
            ? Flux.just(inOrder())
            : Flux.defer(() -> Flux.just(amongTheNext(filter), byWords(filter)));
    }

    private static String inOrder() {
        return """
        SELECT %s
        FROM members m JOIN users u ON u.id = m.user_id
        WHERE m.room_id = :room AND (m.joined_at, m.user_id) > (:time, :id)
        ORDER BY m.joined_at, m.user_id
        LIMIT :rows
        """.formatted(Members.COLUMNS);
    }

    private static String amongTheNext(NameFilter filter) {
        return """
        SELECT %s
        FROM (
            SELECT * FROM members WHERE room_id = :room AND (joined_at, user_id) > (:time, :id)
            ORDER BY joined_at, user_id
            LIMIT %d
        ) m JOIN users u ON u.id = m.user_id
        WHERE true%s
        ORDER BY m.joined_at, m.user_id
        LIMIT :rows
        """.formatted(Members.COLUMNS, NEXT, filter.andCondition("u"));
    }

    private static String byWords(NameFilter filter) {
        return """
        WITH named AS MATERIALIZED (SELECT u.id FROM users u WHERE true%s)
        SELECT %s
        FROM named JOIN members m ON m.room_id = :room AND m.user_id = named.id JOIN users u ON u.id = m.user_id
        WHERE (m.joined_at, m.user_id) > (:time, :id)
        ORDER BY m.joined_at, m.user_id
        LIMIT :rows
        """.formatted(filter.andCondition("u"), Members.COLUMNS);
    }

    private static Cursor cursorOf(MemberSnapshot member) {
        return Cursor.of(Places.of(member.joinedAt()), member.user().id().toString());
    }

    /**
     * @param typed the beginning of a username or of words of a name
     */
    record Question(@Nullable String typed, @Nullable String cursor, int limit) {}
}
