package chat.parley.testing.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void endsServersAndRemovesTheirFolderWhenTheJvmIsKilled(@TempDir Path temporary) throws Exception {
        var folder = Files.createDirectories(temporary.resolve("servers"));
        var jvm = start(folder);
        var server = serverOf(jvm);
        assertThat(server.isAlive()).isTrue();

        jvm.destroyForcibly().waitFor();

        server.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(awaitGone(folder)).isTrue();
    }

    private static Process start(Path folder) throws IOException {
        return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            TestJvm.class.getName(),
            folder.toString()
        )
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    }

    private static ProcessHandle serverOf(Process jvm) throws IOException {
        var output = new BufferedReader(
            new InputStreamReader(jvm.getInputStream(), StandardCharsets.US_ASCII)
        );
        return ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
    }

    private static boolean awaitGone(Path folder) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Files.exists(folder) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return Files.notExists(folder);
    }

    /** Starts something that would run for a minute, has it watched, and waits to be killed. */
    static final class TestJvm {

        public static void main(String[] arguments) throws Exception {
            var server = new ProcessBuilder("sleep", "60").start();
            Watchdog.over(Path.of(arguments[0])).watch(server.pid());
            System.out.println(server.pid());
            Thread.sleep(60_000);
        }
    }
}
