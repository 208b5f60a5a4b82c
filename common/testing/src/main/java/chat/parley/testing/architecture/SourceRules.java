package chat.parley.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What can only be seen in the sources. */
final class SourceRules {

    private static final int LONGEST_FILE = 400;
    private static final Pattern SENTENCE = Pattern.compile("(?s)/\\*\\*\\s*\\*?\\s*[^*\\s].*?\\.\\s*\\*/.*");

    private final Path sources;

    SourceRules(Path sources) {
        this.sources = sources;
    }

    /** Tests run in their module's folder. */
    static SourceRules ofThisModule() {
        return new SourceRules(Path.of("src/main/java"));
    }

    void requireShortFiles() {
        assertThat(javaFiles())
            .as("a file of more than %d lines holds more than one thing", LONGEST_FILE)
            .allSatisfy(file -> assertThat(read(file).lines().count()).isLessThanOrEqualTo(LONGEST_FILE));
    }

    void requirePackageSentences() {
        assertThat(
            javaFiles()
                .stream()
                .filter(file -> file.endsWith("package-info.java"))
        )
            .as("a package says in one sentence what it is")
            .allSatisfy(file -> assertThat(read(file)).matches(SENTENCE));
    }

    private List<Path> javaFiles() {
        try (var files = Files.walk(sources)) {
            var found = files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(found).as("Java files below %s", sources.toAbsolutePath()).isNotEmpty();
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
