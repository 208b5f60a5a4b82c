package chat.parley.room.people;

import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.NameFilter;
import chat.parley.room.Users;
import chat.parley.service.paging.Cursor;
import chat.parley.service.paging.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * All users, by username. What is typed is looked for among the next thousand first, where a common word is found at
 * once, and by the index of words if that was not enough. One statement for both would leave the choice to the
 * planner, which reads everybody's row in order when it takes a rare word for a less rare one.
 */
@Component
class Directory {

    private static final int NEXT = 1_000;

    private final DatabaseClient database;

    Directory(DatabaseClient database) {
        this.database = database;
    }

    /**
     * @param typed the beginning of a username or of words of a name; null for everybody
     * @param after the last username seen
     */
    Mono<Page<UserSnapshot>> page(@Nullable String typed, String after, int limit) {
        NameFilter filter = NameFilter.of(typed);
        if (filter.leavesNothing()) {
            return Mono.just(new Page<>(List.of(), null));
        }
        return Mono.just(amongTheNext(filter))
            .concatWith(Mono.fromSupplier(() -> byIndex(filter)))
            .concatMap(statement -> rows(statement, filter, after, limit + 1), 0)
            .takeUntil(rows -> rows.size() > limit)
            .last()
            .map(rows -> Page.of(rows, limit, user -> Cursor.of(user.username())));
    }

    private Mono<List<UserSnapshot>> rows(String statement, NameFilter filter, String after, int rows) {
        return bound(statement, filter, after, rows).map(Users::snapshotOf).all().collectList();
    }

    GenericExecuteSpec bound(String statement, NameFilter filter, String after, int rows) {
        return filter.bind(database.sql(statement)).bind("after", after).bind("rows", rows);
    }

    static String amongTheNext(NameFilter filter) {
        return """
        SELECT %s
        FROM (SELECT * FROM users WHERE username > :after ORDER BY username LIMIT %d) u
        WHERE true%s
        ORDER BY u.username LIMIT :rows
        """.formatted(Users.COLUMNS, NEXT, filter.andCondition("u"));
    }

    static String byIndex(NameFilter filter) {
        return """
        WITH found AS MATERIALIZED (SELECT %s FROM users u WHERE u.username > :after%s)
        SELECT * FROM found ORDER BY u_username LIMIT :rows
        """.formatted(Users.COLUMNS, filter.andCondition("u"));
    }
}
