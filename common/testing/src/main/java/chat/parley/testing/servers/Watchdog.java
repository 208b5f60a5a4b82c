package chat.parley.testing.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Ends the servers and removes their folder once this JVM is gone, however it went: a shell that reads process ids
 * from a pipe, and the kernel closes the pipe even for a JVM that was killed.
 */
final class Watchdog {

    private static final String SCRIPT = """
        trap '' INT TERM HUP
        pids=
        while read -r pid; do pids="$pids $pid"; done
        [ -z "$pids" ] || kill -TERM $pids 2>/dev/null
        for _ in 1 2 3 4 5 6 7 8 9 10; do
          alive=
          for pid in $pids; do kill -0 "$pid" 2>/dev/null && alive="$alive $pid"; done
          [ -z "$alive" ] && break
          sleep 0.3
        done
        [ -z "$alive" ] || kill -KILL $alive 2>/dev/null
        rm -rf "$1"
        """;

    private final OutputStream pipe;

    private Watchdog(OutputStream pipe) {
        this.pipe = pipe;
    }

    static Watchdog over(Path folder) {
        var command = List.of("sh", "-c", SCRIPT, "watchdog", folder.toString());
        try {
            var shell = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
            return new Watchdog(shell.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void watch(long pid) {
        try {
            pipe.write((pid + "\n").getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
