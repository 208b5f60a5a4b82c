package chat.parley.room.people;

import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.NameFilter;
import chat.parley.room.Users;
import chat.parley.service.paging.Cursor;
import chat.parley.service.paging.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** All users, by username. */
@Component
class Directory {

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
        String statement =
            "SELECT %s FROM users u WHERE u.username > :after%s ORDER BY u.username LIMIT :rows";
        return filter
            .bind(database.sql(statement.formatted(Users.COLUMNS, filter.andCondition("u"))))
            .bind("after", after)
            .bind("rows", limit + 1)
            .map(Users::snapshotOf)
            .all()
            .collectList()
            .map(rows -> Page.of(rows, limit, user -> Cursor.of(user.username())));
    }
}
