package chat.parley.room.opening;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.RoomSnapshot;
import chat.parley.room.Rooms;
import chat.parley.room.Rows;
import chat.parley.room.SearchTerms;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Rooms as they are made, without members yet. */
@Component
class NewRooms {

    private final DatabaseClient database;

    NewRooms(DatabaseClient database) {
        this.database = database;
    }

    Mono<RoomSnapshot> add(NewRoom wanted, UserId creator, Instant now) {
        return insert(wanted, creator, now, null);
    }

    /** Empty if the two have one already. */
    Mono<RoomSnapshot> addDirect(NewRoom wanted, UserId creator, UserId other, Instant now) {
        return insert(wanted, creator, now, Pair.of(creator, other));
    }

    private Mono<RoomSnapshot> insert(NewRoom wanted, UserId creator, Instant now, @Nullable Pair pair) {
        String name = wanted.name() == null ? "" : wanted.name();
        GenericExecuteSpec statement = database
            .sql(
                """
                INSERT INTO rooms AS r (
                    id, type, name, topic, created_by, created_at, updated_at, pair_low, pair_high, search, sort_name
                ) VALUES (
                    :id, :type, :name, :topic, :creator, :now, :now, :low, :high, array_to_tsvector(:search), :sort
                )
                ON CONFLICT (pair_low, pair_high) WHERE pair_low IS NOT NULL DO NOTHING
                RETURNING %s
                """.formatted(Rooms.COLUMNS)
            )
            .bind("id", RoomId.random().value())
            .bind("type", wanted.type().name().toLowerCase(Locale.ROOT))
            .bind("creator", creator.value())
            .bind("now", now)
            .bind("search", SearchTerms.of(name))
            .bind("sort", SearchTerms.sortable(name));
        statement = Rows.bind(statement, "name", wanted.name(), String.class);
        statement = Rows.bind(statement, "topic", wanted.topic(), String.class);
        statement = Rows.bind(statement, "low", pair == null ? null : pair.low, UUID.class);
        statement = Rows.bind(statement, "high", pair == null ? null : pair.high, UUID.class);
        return statement.map(Rooms::snapshotOf).one();
    }

    /** The room of the two, which stays as it is until this transaction ends; empty if they have none. */
    Mono<RoomSnapshot> lockDirect(UserId one, UserId other) {
        Pair pair = Pair.of(one, other);
        return database
            .sql(
                "SELECT " +
                    Rooms.COLUMNS +
                    " FROM rooms r WHERE r.pair_low = :low AND r.pair_high = :high FOR NO KEY UPDATE"
            )
            .bind("low", pair.low)
            .bind("high", pair.high)
            .map(Rooms::snapshotOf)
            .one();
    }

    /** Two users in the order that PostgreSQL has for UUIDs: by their bytes, which Java's own order is not. */
    private record Pair(UUID low, UUID high) {
        static Pair of(UserId one, UserId other) {
            UUID a = one.value();
            UUID b = other.value();
            return a.toString().compareTo(b.toString()) < 0 ? new Pair(a, b) : new Pair(b, a);
        }
    }
}
