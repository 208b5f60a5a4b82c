package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    @TempDir
    Path folder;

    @Test
    void endsTheProcessThatServesTheFolder() throws Exception {
        var server = process(folder.toString());
        var pidFile = new PidFile(folder);
        pidFile.remember(server.pid());

        pidFile.reap(StopSignal.TERM);

        assertThat(server.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void endsOneThatIgnoresTheSignal() throws Exception {
        var stubborn = new ProcessBuilder(
            "sh",
            "-c",
            "trap '' TERM; echo; while :; do sleep 1; done",
            "stubborn",
            folder.toString()
        ).start();
        stubborn.getInputStream().read();
        var pidFile = new PidFile(folder, Duration.ofMillis(200));
        pidFile.remember(stubborn.pid());

        pidFile.reap(StopSignal.TERM);

        assertThat(stubborn.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void leavesAProcessAloneThatOnlyHasTheSameId() throws Exception {
        var stranger = process("elsewhere");
        var pidFile = new PidFile(folder);
        pidFile.remember(stranger.pid());

        pidFile.reap(StopSignal.TERM);

        assertThat(stranger.isAlive()).isTrue();
        stranger.destroyForcibly();
    }

    @Test
    void isNotPutOffByAFileThatWasCutOff() throws Exception {
        Files.writeString(folder.resolve("server.pid"), "");

        assertThat(new PidFile(folder).survivor()).isEmpty();
    }

    private static Process process(String argument) throws IOException {
        return new ProcessBuilder("sh", "-c", "sleep 60; :", "server", argument).start();
    }
}
