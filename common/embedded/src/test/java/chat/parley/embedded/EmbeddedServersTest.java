package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is the same for every server. */
class EmbeddedServersTest {

    @TempDir
    static Path folder;

    static Stream<EmbeddedServer> servers() {
        return Places.all(folder).all().stream();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void endsWhatAKilledRunLeftBehind(EmbeddedServer server) {
        var survivor = server.start();

        var successor = server.start();

        assertThat(survivor.alive()).isFalse();
        assertThat(successor.alive()).isTrue();
        assertThat(successor.pid()).isNotEqualTo(survivor.pid());
        Killing.stop(successor);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void stopsInOrderWellBeforeItsGraceIsOver(EmbeddedServer server) {
        var process = server.start();

        process.stop(Duration.ofSeconds(10));

        assertThat(process.alive()).isFalse();
        // 128 + 9 is how the kernel tells of a process that had to be killed.
        assertThat(process.exit().join()).isNotEqualTo(137);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void saysInOneLineThatItsPortIsTaken(EmbeddedServer server) throws Exception {
        try (var other = new ServerSocket(server.port(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(server::start)
                .isInstanceOf(ServerNotStarted.class)
                .hasMessage(
                    "%s did not start: port %d is in use by another program",
                    server.name(),
                    other.getLocalPort()
                );
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void saysInOneLineThatItsFolderCannotBeUsed(EmbeddedServer server) throws Exception {
        var blocked = Files.writeString(Files.createTempFile(folder, "no", "folder"), "");
        var inTheWay = Places.all(blocked)
            .all()
            .stream()
            .filter(other -> other.name().equals(server.name()));

        assertThat(inTheWay)
            .singleElement()
            .satisfies(other ->
                assertThatThrownBy(other::start)
                    .isInstanceOf(ServerNotStarted.class)
                    .hasMessageStartingWith(server.name() + " did not start: cannot use " + blocked)
                    .message()
                    .doesNotContain("\n")
            );
    }

    @Test
    void tellServicesOfAllServers() {
        var environment = Places.all(folder).environment();

        assertThat(environment).containsOnlyKeys(
            "PARLEY_POSTGRES_HOST",
            "PARLEY_POSTGRES_PORT",
            "PARLEY_POSTGRES_DATABASE",
            "PARLEY_POSTGRES_USER",
            "PARLEY_POSTGRES_PASSWORD",
            "PARLEY_KAFKA",
            "PARLEY_REDIS_URL",
            "PARLEY_MONGODB_URI",
            "PARLEY_S3_ENDPOINT",
            "PARLEY_S3_REGION",
            "PARLEY_S3_BUCKET",
            "PARLEY_S3_ACCESS_KEY",
            "PARLEY_S3_SECRET_KEY"
        );
    }
}
