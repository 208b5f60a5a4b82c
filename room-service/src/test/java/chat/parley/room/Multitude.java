package chat.parley.room;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A hundred thousand users, twenty thousand public rooms and one room of ten thousand members, in tables of their own;
 * and what a question costs there: the rows and index entries that PostgreSQL really reads for it, counted by itself.
 */
public final class Multitude {

    public static final int USERS = 100_000;
    public static final int ROOMS = 20_000;
    public static final int MEMBERS = 10_000;

    /** Public, with the first ten thousand users in it, of whom the first is the only admin. */
    public static final RoomId BIG = room(0);
    /** In 500 rooms beside the ones that everybody is in. */
    public static final UserId BUSY = user(50_001);
    /** In 5 rooms. */
    public static final UserId QUIET = user(50_002);

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String SCHEMA = "multitude";
    private static boolean seeded;

    private final DatabaseClient database;
    private final Transactions transactions;

    private Multitude(DatabaseClient database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    public static synchronized Multitude in(
        R2dbcConnectionDetails postgres,
        DatabaseClient database,
        Transactions transactions
    ) {
        if (!seeded) {
            seed(OwnSchema.with(postgres, SCHEMA, "users", "rooms", "members", "outbox").database());
            seeded = true;
        }
        return new Multitude(database, transactions);
    }

    private static void seed(DatabaseClient own) {
        Flux.just(
            """
            INSERT INTO users (id, username, name, search, created_at, updated_at)
            SELECT md5('user' || i)::uuid, 'user' || i, 'Someone', array_to_tsvector(ARRAY[
                    'user' || i,
                    'surname' || i % 1000,
                    (ARRAY['anna', 'bert', 'cleo', 'dora', 'emil', 'fred', 'gina', 'hugo'])[1 + i % 8],
                    CASE WHEN i > 10000 AND i <= 30000 THEN 'outsider' ELSE 'insider' END
                ]), now(), now()
            FROM generate_series(1, 100000) i
            """,
            """
            INSERT INTO rooms (id, type, name, created_at, updated_at, member_count, search, sort_name)
            SELECT md5('room' || i)::uuid, 'public', 'Room ' || i,
                date_trunc('milliseconds', now()) - i * interval '1 second', now(), 5,
                array_to_tsvector(ARRAY['room', 'topic' || i % 500, 'number' || i]), 'room ' || lpad(i::text, 6, '0')
            FROM generate_series(0, 20000) i
            """,
            """
            INSERT INTO members (room_id, user_id, role, joined_at)
            SELECT md5('room0')::uuid, md5('user' || i)::uuid, CASE WHEN i = 1 THEN 'admin' ELSE 'member' END,
                date_trunc('milliseconds', now()) + i * interval '1 millisecond'
            FROM generate_series(1, 10000) i
            """,
            """
            INSERT INTO members (room_id, user_id, role, joined_at)
            SELECT md5('room' || i)::uuid, md5('user' || (i * 5 + k) % 100000 + 1)::uuid, 'member', now()
            FROM generate_series(1, 20000) i, generate_series(0, 4) k
            """,
            """
            INSERT INTO members (room_id, user_id, role, joined_at)
            SELECT md5('room' || i)::uuid, md5('user50001')::uuid, 'member', now() FROM generate_series(1, 500) i
            UNION
            SELECT md5('room' || i)::uuid, md5('user50002')::uuid, 'member', now() FROM generate_series(1, 5) i
            ON CONFLICT DO NOTHING
            """,
            "UPDATE rooms SET member_count = 10000 WHERE id = md5('room0')::uuid",
            "ANALYZE users",
            "ANALYZE rooms",
            "ANALYZE members"
        )
            .concatMap(statement -> own.sql(statement).then())
            .blockLast(PATIENCE);
    }

    public static UserId user(int number) {
        return UserId.of(uuid("user" + number));
    }

    public static RoomId room(int number) {
        return RoomId.of(uuid("room" + number));
    }

    private static String uuid(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of()
                .formatHex(hash)
                .replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs the service's own code on these tables, and undoes nothing of it. */
    public <T> Answer<T> ask(Mono<T> question) {
        Mono<Effort> soFar = Mono.defer(this::counted);
        return transactions
            .run(
                database
                    .sql("SELECT set_config('search_path', '" + SCHEMA + ", public', true)")
                    .then()
                    .then(soFar)
                    .flatMap(before ->
                        question.flatMap(answer ->
                            soFar.map(after -> new Answer<>(answer, after.since(before)))
                        )
                    )
            )
            .block(PATIENCE);
    }

    private Mono<Effort> counted() {
        return database
            .sql(
                """
                SELECT c.relkind::text || ' ' || c.relname AS name, pg_stat_get_xact_tuples_returned(c.oid) AS read
                FROM pg_class c WHERE c.relnamespace = 'multitude'::regnamespace AND c.relkind IN ('r', 'i')
                """
            )
            .map(row ->
                Map.entry(
                    Objects.requireNonNull(row.get("name", String.class)),
                    Objects.requireNonNull(row.get("read", Long.class))
                )
            )
            .all()
            .collectMap(Map.Entry::getKey, Map.Entry::getValue)
            .map(Effort::new);
    }

    public record Answer<T>(T value, Effort effort) {}

    /**
     * @param read rows or entries, by the kind and name of the table or index
     */
    public record Effort(Map<String, Long> read) {
        private Effort since(Effort before) {
            return new Effort(
                read
                    .entrySet()
                    .stream()
                    .map(now ->
                        Map.entry(now.getKey(), now.getValue() - before.read.getOrDefault(now.getKey(), 0L))
                    )
                    .filter(now -> now.getValue() > 0)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))
            );
        }

        /** Rows that were read by going through a table. */
        public long scanned() {
            return sum("r ");
        }

        /** Entries of indexes. */
        public long lookedUp() {
            return sum("i ");
        }

        private long sum(String kind) {
            return read
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().startsWith(kind))
                .mapToLong(Map.Entry::getValue)
                .sum();
        }
    }
}
