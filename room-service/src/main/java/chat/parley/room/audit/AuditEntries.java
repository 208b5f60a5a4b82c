package chat.parley.room.audit;

import chat.parley.room.Rows;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The tables of the log. Entries are added, get their place once, and are never touched again. */
@Component
class AuditEntries {

    /** Before any arrival, also those that nobody but a forger would give. */
    static final long FROM_THE_FIRST = Long.MIN_VALUE;

    private static final String COLUMNS =
        "id, at, actor, action, room_id, member_id, role, fields, request_id, seal";

    private final DatabaseClient database;

    AuditEntries(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> add(List<SealedEntry> entries) {
        if (entries.isEmpty()) {
            return Mono.empty();
        }
        return database
            .sql(
                """
                INSERT INTO audit_log (id, at, actor, action, room_id, member_id, role, fields, request_id, seal)
                SELECT id, at, actor, action, room_id, member_id, role, fields, request_id, decode(seal, 'hex')
                FROM unnest(:ids, :times, :actors, :actions, :rooms, :members, :roles, :fields, :requests, :seals)
                    WITH ORDINALITY AS entry
                        (id, at, actor, action, room_id, member_id, role, fields, request_id, seal, place)
                ORDER BY place
                """
            )
            .bind("ids", column(entries, AuditEntry::id, new UUID[0]))
            .bind("times", column(entries, AuditEntry::at, new Instant[0]))
            .bind("actors", column(entries, AuditEntry::actor, new UUID[0]))
            .bind("actions", column(entries, AuditEntry::action, new String[0]))
            .bind("rooms", column(entries, AuditEntry::room, new UUID[0]))
            .bind("members", column(entries, AuditEntry::member, new UUID[0]))
            .bind("roles", column(entries, AuditEntry::role, new String[0]))
            .bind("fields", column(entries, AuditEntry::fields, new String[0]))
            .bind("requests", column(entries, AuditEntry::requestId, new String[0]))
            .bind("seals", Hex.of(entries.stream().map(SealedEntry::seal)))
            .then();
    }

    private static <T> T[] column(
        List<SealedEntry> entries,
        Function<AuditEntry, @Nullable T> value,
        T[] type
    ) {
        return entries.stream().map(SealedEntry::entry).map(value).toList().toArray(type);
    }

    /** The head, locked until this transaction ends; empty if another instance has it or nothing waits. */
    Mono<Checkpoint> takeHead() {
        return database
            .sql(
                """
                SELECT position, mac FROM audit_head
                WHERE EXISTS (SELECT 1 FROM audit_log WHERE arrival IS NOT NULL)
                FOR UPDATE SKIP LOCKED
                """
            )
            .map(AuditEntries::checkpointOf)
            .one();
    }

    /** The oldest of those without a place that arrived after the given one. */
    Mono<List<WaitingEntry>> waiting(long after, int most) {
        return database
            .sql(
                "SELECT arrival, " +
                    COLUMNS +
                    " FROM audit_log WHERE arrival > :after ORDER BY arrival LIMIT :most"
            )
            .bind("after", after)
            .bind("most", most)
            .map(row -> new WaitingEntry(Rows.number(row, "arrival"), sealedOf(row)))
            .all()
            .collectList();
    }

    /** Gives these their places and moves the head to the last of them. */
    Mono<Void> place(List<ChainedEntry> entries) {
        ChainedEntry last = entries.getLast();
        return database
            .sql(
                """
                UPDATE audit_log AS entry
                SET arrival = NULL, position = placed.position, mac = decode(placed.mac, 'hex')
                FROM unnest(:ids, :positions, :macs) AS placed (id, position, mac)
                WHERE entry.id = placed.id
                """
            )
            .bind(
                "ids",
                entries
                    .stream()
                    .map(entry -> entry.sealed().entry().id())
                    .toArray(UUID[]::new)
            )
            .bind("positions", entries.stream().map(ChainedEntry::position).toArray(Long[]::new))
            .bind("macs", Hex.of(entries.stream().map(ChainedEntry::mac)))
            .then()
            .then(
                Mono.defer(() ->
                    database
                        .sql("UPDATE audit_head SET position = :position, mac = :mac")
                        .bind("position", last.position())
                        .bind("mac", last.mac())
                        .then()
                )
            );
    }

    /** The entry that has this position. */
    Mono<ChainedEntry> at(long position) {
        return after(position - 1, 1)
            .filter(entry -> entry.position() == position)
            .next();
    }

    /** Entries in the order of their positions. */
    Flux<ChainedEntry> after(long position, int most) {
        return database
            .sql(
                "SELECT position, mac, " +
                    COLUMNS +
                    " FROM audit_log WHERE position > :after ORDER BY position LIMIT :most"
            )
            .bind("after", position)
            .bind("most", most)
            .map(AuditEntries::chainedOf)
            .all();
    }

    /** Entries from the newest on. */
    Flux<ChainedEntry> newest(@Nullable UUID room, int most) {
        return Rows.bind(
            database.sql(
                "SELECT position, mac, " +
                    COLUMNS +
                    " FROM audit_log WHERE position IS NOT NULL AND (room_id = :room OR :room::uuid IS NULL)" +
                    " ORDER BY position DESC LIMIT :most"
            ),
            "room",
            room,
            UUID.class
        )
            .bind("most", most)
            .map(AuditEntries::chainedOf)
            .all();
    }

    /** Empty if the head's row is gone. */
    Mono<Ends> ends() {
        return database
            .sql(
                """
                SELECT position, mac, coalesce((SELECT max(position) FROM audit_log), 0) AS last,
                    (SELECT count(*) FROM audit_log WHERE arrival IS NOT NULL) AS waiting
                FROM audit_head
                """
            )
            .map(row -> new Ends(checkpointOf(row), Rows.number(row, "last"), Rows.number(row, "waiting")))
            .one();
    }

    /** How long the oldest one without a place has waited; nothing if there is none. */
    Mono<Duration> longestWait() {
        return database
            .sql(
                """
                SELECT coalesce(extract(epoch FROM clock_timestamp() - min(at)) * 1000, 0)::bigint AS age
                FROM audit_log
                WHERE arrival IS NOT NULL
                """
            )
            .map(row -> Duration.ofMillis(Math.max(0, Rows.number(row, "age"))))
            .one();
    }

    private static Checkpoint checkpointOf(Readable row) {
        return new Checkpoint(Rows.number(row, "position"), Rows.required(row, "mac", byte[].class));
    }

    private static ChainedEntry chainedOf(Readable row) {
        return new ChainedEntry(
            Rows.number(row, "position"),
            Rows.required(row, "mac", byte[].class),
            sealedOf(row)
        );
    }

    private static SealedEntry sealedOf(Readable row) {
        return new SealedEntry(
            new AuditEntry(
                Rows.required(row, "id", UUID.class),
                Rows.required(row, "at", Instant.class),
                Rows.required(row, "actor", UUID.class),
                Rows.required(row, "action", String.class),
                Rows.required(row, "room_id", UUID.class),
                row.get("member_id", UUID.class),
                row.get("role", String.class),
                row.get("fields", String.class),
                row.get("request_id", String.class)
            ),
            Rows.required(row, "seal", byte[].class)
        );
    }

    /**
     * Where the log says it ends, and where its entries do.
     *
     * @param last the highest position there is; 0 if there is none
     * @param waiting how many entries have no place yet
     */
    record Ends(Checkpoint head, long last, long waiting) {}

    /** An entry without a place. */
    record WaitingEntry(long arrival, SealedEntry sealed) {}
}
