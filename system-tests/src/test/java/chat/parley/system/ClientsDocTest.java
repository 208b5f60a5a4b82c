package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/realtime.md} shows front ends the very configuration that the tests run with. */
class ClientsDocTest {

    private static final Path PAGE = Path.of("").toAbsolutePath().getParent().resolve("docs/realtime.md");

    @Test
    void quotesTheConfigurationOfLaravelEchoThatIsTested() throws IOException {
        String tested = Files.readString(Path.of("node", "echo.mjs"));

        assertThat(Files.readString(PAGE)).contains("```js\n" + tested + "```\n");
    }
}
