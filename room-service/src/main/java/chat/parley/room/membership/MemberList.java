package chat.parley.room.membership;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.MemberSnapshot;
import chat.parley.room.Members;
import chat.parley.room.Places;
import chat.parley.room.Rooms;
import chat.parley.room.SearchTerms;
import chat.parley.room.Standing;
import chat.parley.service.paging.Cursor;
import chat.parley.service.paging.Page;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Who is in a room, in the order in which they joined; for members. */
@Component
class MemberList {

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
        String query = question.typed == null ? null : SearchTerms.query(question.typed);
        if (question.typed != null && query == null) {
            return Mono.just(List.of());
        }
        GenericExecuteSpec statement = database
            .sql(
                """
                SELECT %s
                FROM members m JOIN users u ON u.id = m.user_id
                WHERE m.room_id = :room AND (m.joined_at, m.user_id) > (:time, :id)%s
                ORDER BY m.joined_at, m.user_id
                LIMIT :rows
                """.formatted(
                        Members.COLUMNS,
                        query == null ? "" : " AND u.search @@ CAST(:query AS tsquery)"
                    )
            )
            .bind("room", room.value())
            .bind("time", time)
            .bind("id", id)
            .bind("rows", question.limit + 1);
        return (query == null ? statement : statement.bind("query", query)).map(Members::snapshotOf)
            .all()
            .collectList();
    }

    private static Cursor cursorOf(MemberSnapshot member) {
        return Cursor.of(Places.of(member.joinedAt()), member.user().id().toString());
    }

    /**
     * @param typed the beginning of a username or of words of a name; null for everybody
     */
    record Question(@Nullable String typed, @Nullable String cursor, int limit) {}
}
