package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @TempDir
    Path folder;

    PostgresServer server;
    ServerProcess process;

    @BeforeEach
    void start() {
        server = new PostgresServer(Places.in(folder, "postgres"));
        process = server.start();
    }

    @AfterEach
    void stop() {
        Killing.stop(process);
    }

    @Test
    void keepsWhatIsCommittedWhenItIsKilledWithItsClientsStillThere() throws SQLException {
        try (var connection = connect()) {
            connection.createStatement().execute("CREATE TABLE kept (word text)");
            connection.createStatement().execute("INSERT INTO kept VALUES ('acknowledged')");

            Killing.kill(process);
            process = server.start();
        }

        assertThat(ask("SELECT word FROM kept")).isEqualTo("acknowledged");
    }

    @Test
    void endsInOrderWithItsClientsStillThere() throws SQLException {
        try (var connection = connect()) {
            assertThat(connection.isValid(1)).isTrue();

            Killing.stop(process);
        }

        assertThat(process.exit().join()).isZero();
        process = server.start();
    }

    @Test
    void isAsDurableAsARealOne() throws SQLException {
        assertThat(ask("SHOW server_version")).startsWith("18.");
        assertThat(ask("SHOW fsync")).isEqualTo("on");
        assertThat(ask("SHOW synchronous_commit")).isEqualTo("on");
        assertThat(ask("SHOW full_page_writes")).isEqualTo("on");
    }

    @Test
    void sortsAndFoldsUnicodeTheSameEverywhere() throws SQLException {
        assertThat(ask("SELECT datlocale FROM pg_database WHERE datname = 'parley'")).isEqualTo("C.UTF-8");
        assertThat(ask("SELECT lower('ÄÖÜ')")).isEqualTo("äöü");
    }

    @Test
    void startsThoughTheProcessIdOfAnEarlierLifeBelongsToAnotherProgram() throws Exception {
        Killing.kill(process);
        var lock = folder.resolve("postgres/data/postmaster.pid");
        var lines = Files.readString(lock);
        Files.writeString(lock, lines.replaceFirst("^\\d+", Long.toString(ProcessHandle.current().pid())));

        process = server.start();

        assertThat(ask("SELECT 1")).isEqualTo("1");
    }

    private String ask(String question) throws SQLException {
        try (var connection = connect(); var answer = connection.createStatement().executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        var environment = server.environment();
        return DriverManager.getConnection(
            "jdbc:postgresql://%s:%s/%s".formatted(
                environment.get("PARLEY_POSTGRES_HOST"),
                environment.get("PARLEY_POSTGRES_PORT"),
                environment.get("PARLEY_POSTGRES_DATABASE")
            ),
            environment.get("PARLEY_POSTGRES_USER"),
            environment.get("PARLEY_POSTGRES_PASSWORD")
        );
    }
}
