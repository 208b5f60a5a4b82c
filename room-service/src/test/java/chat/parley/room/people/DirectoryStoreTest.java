package chat.parley.room.people;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.NameFilter;
import chat.parley.room.OwnSchema;
import chat.parley.room.RoomServiceTest;
import chat.parley.service.paging.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;

/** Finding one of a hundred thousand. */
@RoomServiceTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectoryStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PEOPLE = 100_000;
    private static final int CHUNK = 5_000;

    private OwnSchema schema;
    private Directory directory;

    /** Every name is a first and a last one; 97 times 89 of them, so that each pair comes some dozen times. */
    @BeforeAll
    void aHundredThousandPeople(@Autowired R2dbcConnectionDetails postgres) {
        schema = OwnSchema.with(postgres, "own_people", "users");
        // No statement may take longer than five seconds, on whatever machine.
        IntStream.iterate(1, from -> from <= PEOPLE, from -> from + CHUNK).forEach(this::insertChunk);
        insert("zoe-kowalska", "Zo\u00eb Kowalska", "zoe", "kowalska");
        insert("under_score", "Per Cent", "per", "cent");
        execute("ANALYZE own_people.users");
        directory = new Directory(schema.database());
    }

    private void insertChunk(int from) {
        execute(
            """
            INSERT INTO users (id, username, name, search, created_at, updated_at)
            SELECT gen_random_uuid(), p.username, initcap(p.first) || ' ' || initcap(p.last),
                array_to_tsvector(ARRAY[p.username, p.first, p.last]), now(), now()
            FROM (
                SELECT chr(97 + n %% 26) || 'u' || n AS username, 'first' || n %% 97 AS first, 'last' || n %% 89 AS last
                FROM generate_series(%d, %d) n
            ) p
            """.formatted(from, from + CHUNK - 1)
        );
    }

    @ParameterizedTest
    @CsvSource(
        {
            "zo, zoe-kowalska",
            "ZO\u00cb, zoe-kowalska",
            "Zoe\u0308 kow, zoe-kowalska",
            "kowal, zoe-kowalska",
            "zoe-k, zoe-kowalska",
            "under_s, under_score",
            "cu99998, cu99998",
        }
    )
    void findsOneByTheBeginningOfWhatTheyAreCalled(String typed, String username) {
        assertThat(page(typed, "", 50).data()).extracting(UserSnapshot::username).contains(username);
    }

    @ParameterizedTest
    @ValueSource(
        strings = { "%", "_", "'", "%25", "x' OR 'a'='a", "nder_score", "oe", "'; --", "\\", "*", ":*" }
    )
    void findsNobodyByWhatIsNoBeginning(String typed) {
        assertThat(page(typed, "", 50).data()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        {
            "'', ''",
            "'', mu5",
            "au, ''",
            "a, ''",
            "au1, au15",
            "first5, ''",
            "first5, qu1",
            "first, ''",
            "first5 last7, ''",
            "first5 last7, ku9",
            "l, ''",
            "nobody, ''",
            "kowalska, ''",
            "zu, ''",
            "l, zu9",
            "first, zu99990",
        }
    )
    void readsNoMoreThanItHasTo(String typed, String after) {
        NameFilter filter = NameFilter.of(typed);

        List<String> next = plan(Directory.amongTheNext(filter), filter, after);
        List<String> all = plan(Directory.byIndex(filter), filter, after);

        assertThat(next).anyMatch(line -> line.contains("users_username_key"));
        assertThat(filteredAway(next)).isLessThanOrEqualTo(1_000);
        if (!next.getFirst().contains("rows=51.00")) {
            assertThat(all)
                .as(String.join("\n", all))
                .noneMatch(line -> line.contains("Seq Scan"));
            assertThat(filteredAway(all)).as("those found that come before").isLessThan(PEOPLE / 20);
        }
    }

    private static int filteredAway(List<String> plan) {
        return plan
            .stream()
            .filter(line -> line.contains("Rows Removed by"))
            .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
            .sum();
    }

    @Test
    void pagesThroughAllOfThemInOrder() {
        List<String> found = new ArrayList<>();
        String after = "";
        do {
            Page<UserSnapshot> page = page("first5", after, 100);
            page.data().forEach(user -> found.add(user.username()));
            after = page.nextCursor() == null ? null : found.getLast();
        } while (after != null);

        List<String> all = IntStream.rangeClosed(1, PEOPLE)
            .filter(n -> ("first" + (n % 97)).startsWith("first5"))
            .mapToObj(n -> (char) ('a' + (n % 26)) + "u" + n)
            .sorted()
            .toList();
        assertThat(found).containsExactlyElementsOf(all);
    }

    private Page<UserSnapshot> page(String typed, String after, int limit) {
        return directory.page(typed, after, limit).block(PATIENCE);
    }

    private List<String> plan(String statement, NameFilter filter, String after) {
        return directory
            .bound("EXPLAIN ANALYZE " + statement, filter, after, 51)
            .map(row -> row.get(0, String.class))
            .all()
            .collectList()
            .block(PATIENCE);
    }

    private void insert(String username, String name, String first, String last) {
        schema
            .database()
            .sql(
                """
                INSERT INTO users (id, username, name, search, created_at, updated_at)
                VALUES (gen_random_uuid(), :username, :name, array_to_tsvector(:words), now(), now())
                """
            )
            .bind("username", username)
            .bind("name", name)
            .bind("words", new String[] { username, first, last })
            .then()
            .block(PATIENCE);
    }

    private void execute(String statement) {
        schema.database().sql(statement).then().block(PATIENCE);
    }
}
