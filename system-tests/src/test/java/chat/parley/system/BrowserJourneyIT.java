package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two Chromium windows; what happens in them stands in {@code node/talk.test.mjs}. */
@WithParley
class BrowserJourneyIT {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();
    private static final Path REPORT = Path.of("target", "browser-tests.txt").toAbsolutePath();

    private final Parley parley;

    BrowserJourneyIT(Parley parley) {
        this.parley = parley;
    }

    @Test
    void twoPeopleTalkInTwoWindows() throws IOException, InterruptedException {
        ProcessBuilder tests = new ProcessBuilder("node", "--test", "--test-reporter=spec", "talk.test.mjs")
            .directory(Path.of("node").toFile())
            .redirectErrorStream(true)
            .redirectOutput(REPORT.toFile());
        tests.environment().put("PARLEY_URL", parley.url().toString());
        tests.environment().put("PARLEY_SCREENSHOTS", SCREENSHOTS.toString());

        Process process = tests.start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        process.destroyForcibly();

        assertThat(ended && process.exitValue() == 0).as(Files.readString(REPORT)).isTrue();
        assertThat(screenshots())
            .hasSizeGreaterThanOrEqualTo(5)
            .allSatisfy(picture -> assertThat(picture).isNotEmptyFile());
    }

    private static List<Path> screenshots() throws IOException {
        try (Stream<Path> files = Files.list(SCREENSHOTS)) {
            return files.filter(file -> file.toString().endsWith(".png")).toList();
        }
    }
}
