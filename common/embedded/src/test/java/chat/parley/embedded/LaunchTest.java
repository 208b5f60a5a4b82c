package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {

    private static final Probe NOBODY_ANSWERS = (_, _) -> false;

    @TempDir
    Path folder;

    ServerPlace place;
    Launch launch;

    @BeforeEach
    void clear() {
        place = Places.in(folder, "server");
        launch = new Launch("server", place, StopSignal.TERM);
        launch.clear();
    }

    @Test
    void tellsWhyAServerGaveUp() throws Exception {
        Files.writeString(place.log(), "an earlier run's words\n");
        var givesUp = List.of(
            "sh",
            "-c",
            "echo starting; echo 'Exception: no memory'; echo '\tat main'; exit 3"
        );

        assertThatThrownBy(() -> launch.run(givesUp, NOBODY_ANSWERS))
            .isInstanceOf(ServerNotStarted.class)
            .hasMessage("server did not start: it ended with code 3: Exception: no memory (%s)", place.log());
    }

    @Test
    void hasNoOthersWordsForASilentEnd() throws Exception {
        Files.writeString(place.log(), "an earlier run's words\n");

        assertThatThrownBy(() -> launch.run(List.of("false"), NOBODY_ANSWERS)).hasMessage(
            "server did not start: it ended with code 1: see %s",
            place.log()
        );
    }

    @Test
    void tellsOfAProgramThatDoesNotRun() {
        assertThatThrownBy(() -> launch.run(List.of("/no/such/program"), NOBODY_ANSWERS))
            .isInstanceOf(ServerNotStarted.class)
            .hasMessageStartingWith("server did not start: /no/such/program does not run here");
    }

    /** That one was quicker to the port, so the server ends while the other answers. */
    @Test
    void takesNoOtherProgramsAnswerForTheServers() throws IOException {
        Probe answeredByAnother = (_, _) -> {
            awaitEndOfServer();
            return true;
        };
        try (var other = new ServerSocket(place.port(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(other.isBound()).isTrue();

            assertThatThrownBy(() ->
                launch.run(List.of("sh", "-c", "echo 'address in use'; exit 1"), answeredByAnother)
            ).hasMessageContaining("address in use");
        }
    }

    private void awaitEndOfServer() throws IOException {
        var pid = Long.parseLong(Files.readString(place.folder().resolve("server.pid")));
        ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    }
}
