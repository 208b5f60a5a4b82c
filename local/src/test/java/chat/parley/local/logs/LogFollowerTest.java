package chat.parley.local.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Path path;
    private LogFollower follower;

    @BeforeEach
    void follow(@TempDir Path folder) {
        path = folder.resolve("kafka.log");
        follower = new LogFollower(path, "kafka | ", new PrintStream(printed, true, UTF_8));
    }

    @Test
    void printsWholeLinesAsTheyComeWithTheNameBeforeThem() throws IOException {
        assertThat(follower.printNew()).isFalse();

        append("one\ntw");
        follower.printNew();
        append("o\n");
        follower.printNew();

        assertThat(printed.toString(UTF_8)).isEqualToNormalizingNewlines("kafka | one\nkafka | two\n");
        assertThat(follower.printNew()).isFalse();
    }

    @Test
    void startsAgainWhereTheLogWasCutShort() throws IOException {
        append("a rather long first line\n");
        follower.printTail(10);

        Files.writeString(path, "afresh\n");
        follower.printNew();

        assertThat(printed.toString(UTF_8)).isEqualToNormalizingNewlines(
            "kafka | a rather long first line\nkafka | afresh\n"
        );
    }

    private void append(String text) throws IOException {
        Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
