package chat.parley.local.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    private Path path;
    private LogFile log;

    @BeforeEach
    void choosePath(@TempDir Path folder) {
        path = folder.resolve("service.log");
        log = new LogFile(path);
    }

    @Test
    void isMovedAsideOnceItIsTooLongWhileItsWriterGoesOn() throws IOException {
        String line = "x".repeat(1023) + "\n";
        try (
            var writer = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
        ) {
            writer.write(line.repeat((int) (LogFile.AT_MOST_BYTES / line.length()) + 1));
            writer.flush();

            log.bound();
            writer.write("and on\n");
        }

        assertThat(path).hasContent("and on");
        assertThat(path.resolveSibling("service.log.1")).hasSize(LogFile.AT_MOST_BYTES + line.length());
    }

    @Test
    void isLeftAloneWhileItIsShort() throws IOException {
        Files.writeString(path, "a line\n");

        log.bound();

        assertThat(path).hasContent("a line");
    }

    @Test
    void showsItsLastLines() throws IOException {
        assertThat(log.tail(2)).isEmpty();

        Files.writeString(path, "one\ntwo\nthree\n");

        assertThat(log.tail(2)).containsExactly("two", "three");
        assertThat(log.tail(9)).containsExactly("one", "two", "three");
    }
}
