package chat.parley.room.imports;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Imports make people and rooms one call at a time, on whatever instance: two that run at once make nothing twice, and
 * do not stop each other where both insert many usernames in different orders.
 */
@Component
class ImportTurn {

    private static final long KEY = 0x70_61_72_6c_65_79L;

    private final DatabaseClient database;

    ImportTurn(DatabaseClient database) {
        this.database = database;
    }

    /** Within a transaction, and until its end. */
    Mono<Void> take() {
        return database.sql("SELECT pg_advisory_xact_lock(:key)").bind("key", KEY).then();
    }
}
