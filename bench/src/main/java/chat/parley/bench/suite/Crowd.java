package chat.parley.bench.suite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/**
 * People and rooms by the thousand, written straight into PostgreSQL: each account would cost a password hash through the
 * API, and nothing of this is measured. What is written is what the service would have written.
 */
public final class Crowd {

    private final Suite suite;

    public Crowd(Suite suite) {
        this.suite = suite;
    }

    /** Users {@code crowd-0} and so on, called {@code Crowd Member0} and so on. */
    public void people(int number) throws IOException {
        run(
            """
            INSERT INTO users (id, username, name, search, created_at, updated_at)
            SELECT gen_random_uuid(), 'crowd-' || i, 'Crowd Member' || i,
                array_to_tsvector(ARRAY['crowd-' || i, 'crowd', 'member' || i]), now(), now()
            FROM generate_series(0, %d - 1) i
            ON CONFLICT DO NOTHING
            """.formatted(number)
        );
    }

    /**
     * Group rooms with this person as their admin.
     *
     * @param members how many of the crowd are in each beside them
     */
    public void rooms(Person person, String prefix, int rooms, int members) throws IOException {
        String sql = """
            WITH opened AS (
                INSERT INTO rooms (id, type, name, created_by, created_at, updated_at, member_count, last_seq,
                    last_message_at, search, sort_name)
                SELECT gen_random_uuid(), 'group', '%1$s ' || i, '%2$s', now(), now(), %4$d + 1, 1000,
                    now() - i * interval '1 minute', array_to_tsvector(ARRAY['%1$s', i::text]), '%1$s ' || i
                FROM generate_series(1, %3$d) i
                RETURNING id
            ), own AS (
                INSERT INTO members (room_id, user_id, role, joined_at, last_read_seq)
                SELECT id, '%2$s', 'admin', now(), 900 FROM opened
            )
            INSERT INTO members (room_id, user_id, role, joined_at)
            SELECT o.id, u.id, 'member', now() + u.place * interval '1 millisecond'
            FROM opened o, (
                SELECT id, row_number() OVER (ORDER BY id) AS place FROM users WHERE username LIKE 'crowd-%%' LIMIT %4$d
            ) u
            """.formatted(prefix, UUID.fromString(person.id()), rooms, members);
        run(sql);
    }

    /** As a database that has had these rows for a while. */
    public void settle() throws IOException {
        run("VACUUM ANALYZE");
    }

    private void run(String sql) throws IOException {
        String url = "jdbc:postgresql://127.0.0.1:" + suite.port("postgres") + "/parley";
        try (
            Connection database = DriverManager.getConnection(url, "parley", "parley");
            PreparedStatement statement = database.prepareStatement(sql)
        ) {
            statement.setQueryTimeout(120);
            statement.execute();
        } catch (SQLException e) {
            throw new IOException("the crowd could not be seeded: " + e.getMessage(), e);
        }
    }
}
