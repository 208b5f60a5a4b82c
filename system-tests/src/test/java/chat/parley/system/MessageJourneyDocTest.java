package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/message-journey.md} leads through the code by class names: each of them has to exist. */
class MessageJourneyDocTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][A-Za-z]+)`");

    @Test
    void namesOnlyClassesThatExist() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/message-journey.md"));
        Set<String> named = CLASS_NAME.matcher(page)
            .results()
            .map(name -> name.group(1))
            .collect(Collectors.toSet());

        assertThat(named).hasSizeGreaterThan(20);
        assertThat(classes()).containsAll(named);
    }

    private static Set<String> classes() throws IOException {
        try (Stream<Path> modules = Files.find(ROOT, 3, (path, _) -> path.endsWith("src"))) {
            return modules.flatMap(sources -> classesBelow(sources).stream()).collect(Collectors.toSet());
        }
    }

    private static List<String> classesBelow(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java"))
                .map(name -> name.substring(0, name.length() - ".java".length()))
                .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
