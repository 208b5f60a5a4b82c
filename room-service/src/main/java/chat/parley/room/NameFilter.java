package chat.parley.room;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** What {@code ?q=} leaves of a list: everything if it is absent or blank, and nothing if it holds no word at all. */
public final class NameFilter {

    private final boolean open;
    private final @Nullable String query;

    private NameFilter(boolean open, @Nullable String query) {
        this.open = open;
        this.query = query;
    }

    public static NameFilter of(@Nullable String typed) {
        return typed == null || typed.isBlank()
            ? new NameFilter(true, null)
            : new NameFilter(false, SearchTerms.query(typed));
    }

    /** Whether there is no need to ask the database. */
    public boolean leavesNothing() {
        return !open && query == null;
    }

    /** Whether nothing is looked for. */
    public boolean leavesEverything() {
        return open;
    }

    /** What follows the other conditions of a statement on a table or alias that has a column {@code search}. */
    public String andCondition(String alias) {
        return query == null ? "" : " AND " + alias + ".search @@ CAST(:query AS tsquery)";
    }

    /** The statement with the parameter that its {@link #andCondition} has, if it has one. */
    public GenericExecuteSpec bind(GenericExecuteSpec statement) {
        return query == null ? statement : statement.bind("query", query);
    }
}
