package chat.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WishTest {

    private static final List<String> KNOWN = List.of("rooms", "gateway");

    @Test
    void meansAllOfThemIfNoneIsNamed() {
        assertThat(wish()).isEqualTo(new Wish(KNOWN, 5, null, null, 10));
        assertThat(wish("--rounds", "3")).isEqualTo(new Wish(KNOWN, 3, null, null, 10));
        assertThat(wish("gateway", "--rounds", "50")).isEqualTo(
            new Wish(List.of("gateway"), 50, null, null, 10)
        );
    }

    @Test
    void meansSomeOnlyIfTheyAreNamed() {
        assertThat(wish("sockets", "rooms").names()).containsExactly("sockets", "rooms");
    }

    @Test
    void takesAFileToSearch() throws Exception {
        Path file = Files.createTempFile("corpus", ".jsonl.gz");
        try {
            assertThat(wish("--data", file.toString()).data()).isEqualTo(file);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void takesAFolderWithTheLoadGenerator(@TempDir Path folder) throws Exception {
        Files.createFile(folder.resolve("bench.py"));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> wish("--loadgen", folder.toString()))
            .withMessageContaining("setup.sh");
        assertThat(Files.createFile(folder.resolve("wsload")).toFile().setExecutable(true)).isTrue();

        Wish wish = wish("--loadgen", folder.toString(), "--minutes", "600");

        assertThat(wish).isEqualTo(new Wish(KNOWN, 5, null, folder, 600));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "room",
            "--rounds",
            "--rounds 0",
            "--rounds 51",
            "--rounds -1",
            "--rounds x",
            "--fast",
            "--data",
            "--data /no/such/file",
            "--loadgen",
            "--loadgen /no/such/folder",
            "--minutes 0",
            "--minutes 601",
        }
    )
    void refusesWhatItDoesNotKnow(String words) {
        assertThatIllegalArgumentException().isThrownBy(() -> wish(words.split(" ")));
    }

    private static Wish wish(String... words) {
        return Wish.of(List.of(words), KNOWN, List.of("sockets"));
    }
}
