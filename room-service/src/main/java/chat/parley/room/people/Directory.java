package chat.parley.room.people;

import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.SearchTerms;
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
        String query = typed == null ? null : SearchTerms.query(typed);
        if (typed != null && query == null) {
            return Mono.just(new Page<>(List.of(), null));
        }
        String condition = query == null ? "" : " AND u.search @@ CAST(:query AS tsquery)";
        DatabaseClient.GenericExecuteSpec statement = database
            .sql(
                "SELECT " +
                    Users.COLUMNS +
                    " FROM users u WHERE u.username > :after" +
                    condition +
                    " ORDER BY u.username LIMIT :rows"
            )
            .bind("after", after)
            .bind("rows", limit + 1);
        return (query == null ? statement : statement.bind("query", query)).map(Users::snapshotOf)
            .all()
            .collectList()
            .map(rows -> Page.of(rows, limit, user -> Cursor.of(user.username())));
    }
}
