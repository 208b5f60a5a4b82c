package chat.parley.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    private Path path;
    private StateFile file;

    @BeforeEach
    void choosePath(@TempDir Path folder) {
        path = folder.resolve("state");
        file = new StateFile(path);
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        var running = new ComponentState(
            "kafka",
            0,
            State.UP,
            9092,
            Optional.of(new ProcessIdentity(42, "boot:7"))
        );
        var waiting = new ComponentState("gateway", 1, State.WAITING, 8080, Optional.empty());
        var state = new SuiteState(
            Phase.STARTING,
            8080,
            new ProcessIdentity(41, "boot:6"),
            List.of(running, waiting)
        );

        file.write(state);

        assertThat(file.read()).contains(state);
    }

    @Test
    void isNothingWhenItIsMissingOrNotOurs() throws IOException {
        assertThat(file.read()).isEmpty();

        for (String garbage : List.of("", "hello", "parley\tup\tx\ty\tz", "parley\tup\t1\t2\tb\nkafka")) {
            Files.writeString(path, garbage);
            assertThat(file.read()).as(garbage).isEmpty();
        }
    }

    /** The writer is killed at whatever it is doing, again and again; what it left must be one whole state each time. */
    @Test
    void isWholeWhenItsWriterWasKilled() throws Exception {
        for (int round = 0; round < 5; round++) {
            Process writer = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TirelessWriter.class.getName(),
                path.toString()
            )
                .inheritIO()
                .start();
            awaitAState();

            writer.destroyForcibly().waitFor();

            SuiteState left = file.read().orElseThrow();
            assertThat(left.components()).hasSize(TirelessWriter.COMPONENTS);
            assertThat(left.supervisor().find()).isEmpty();
            Files.delete(path);
        }
    }

    private void awaitAState() throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (file.read().isEmpty()) {
            assertThat(System.nanoTime()).as("the writer never wrote").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
