package chat.parley.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

    private Process process;
    private StateFile file;

    @BeforeEach
    void startSomething(@TempDir Path folder) throws IOException {
        process = new ProcessBuilder("sleep", "600").start();
        file = new StateFile(folder.resolve("state"));
    }

    @AfterEach
    void stopIt() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Test
    void areStoppedWhenTheyAreTheProcessesThatWereWrittenDown() throws Exception {
        remember(ProcessIdentity.of(process.toHandle()).orElseThrow());

        List<String> stopped = Leftovers.stop(file);

        assertThat(stopped).containsExactly("service");
        assertThat(process.waitFor(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void areLeftAloneWhenTheirNumberBelongsToAnotherProcessNow() throws IOException {
        String born = ProcessIdentity.of(process.toHandle()).orElseThrow().born();
        remember(new ProcessIdentity(process.pid(), born + "1"));

        List<String> stopped = Leftovers.stop(file);

        assertThat(stopped).isEmpty();
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void areStoppedByForceWhenTheyDoNotListen(@TempDir Path folder) throws Exception {
        Path listening = folder.resolve("listening");
        Process deaf = new ProcessBuilder(
            "sh",
            "-c",
            "trap '' TERM; : > " + listening + "; while :; do sleep 1; done"
        ).start();
        assertThat(deaf.toHandle()).satisfies(_ -> awaitFile(listening));

        Termination.of(deaf.toHandle(), java.time.Duration.ofMillis(200));

        assertThat(deaf.isAlive()).isFalse();
        assertThat(deaf.waitFor()).isEqualTo(128 + 9);
    }

    @Test
    void areNoneWhenNothingWasWrittenDown() throws IOException {
        assertThat(Leftovers.stop(file)).isEmpty();
    }

    private void remember(ProcessIdentity identity) throws IOException {
        var service = new ComponentState("service", 1, State.UP, 8081, Optional.of(identity));
        var killed = new ProcessIdentity(1_999_999, "long ago");
        file.write(new SuiteState(Phase.UP, 8080, killed, List.of(service)));
    }

    private static void awaitFile(Path path) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!path.toFile().exists() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(path).exists();
    }
}
