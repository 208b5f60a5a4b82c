package chat.parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as the script starts it, in a repository where nothing is built. */
class LauncherTest {

    @TempDir
    private Path repository;

    @Test
    void saysInOneLineThatThePortIsTaken() throws Exception {
        try (ServerSocket other = listen()) {
            Result result = launch("up", "--port", Integer.toString(other.getLocalPort()));

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output()).containsExactly(
                "parley: Port %d is in use by another program; choose another with --port".formatted(
                    other.getLocalPort()
                )
            );
        }
    }

    @Test
    void tellsTheSameWhenItWasToRunInTheBackground() throws Exception {
        try (ServerSocket other = listen()) {
            Result result = launch("up", "--detach", "--port", Integer.toString(other.getLocalPort()));

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output()).singleElement().asString().contains("is in use by another program");
        }
    }

    @Test
    void startsNothingWhenAServiceIsNotBuilt() throws Exception {
        Result result = launch("up", "--port", Integer.toString(freePort()));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).containsExactly(
            "parley: room-service is not built: there is no jar in room-service/target"
        );
        assertThat(repository.resolve(".parley/servers")).isEmptyDirectory();
    }

    @Test
    void showsEveryComponentDownWhenNothingWasEverStarted() throws Exception {
        Result result = launch("status");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output().getFirst().split(" +")).containsExactly("NAME", "STATE", "PID", "PORT");
        assertThat(result.output()).hasSize(1 + Suite.componentNames().size());
        assertThat(result.output().subList(1, result.output().size())).allMatch(line ->
            line.contains(" down ")
        );
    }

    @Test
    void stopsNothingWithoutComplaintWhenNothingRuns() throws Exception {
        Result result = launch("down");

        assertThat(result).isEqualTo(new Result(0, List.of("Nothing is running.")));
    }

    @Test
    void checksNoAuditLogWhenNothingRuns() throws Exception {
        Result result = launch("audit", "verify");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).containsExactly(
            "parley: Nothing is running in " + repository.resolve(".parley") + "; ./parley up starts it"
        );
    }

    @Test
    void refusesADataFolderItCannotHave() throws Exception {
        Result result = launch("up", "--data", "/dev/null/data");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
            .singleElement()
            .asString()
            .startsWith("parley: Cannot write to /dev/null/data")
            .endsWith("choose another place with --data");
    }

    private record Result(int exitCode, List<String> output) {}

    private Result launch(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dparley.home=" + repository,
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName()
            )
        );
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Result(process.exitValue(), output.lines().toList());
    }

    private static ServerSocket listen() throws IOException {
        var socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = listen()) {
            return socket.getLocalPort();
        }
    }
}
