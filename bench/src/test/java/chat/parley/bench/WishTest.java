package chat.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WishTest {

    private static final List<String> KNOWN = List.of("rooms", "gateway");

    @Test
    void meansAllOfThemIfNoneIsNamed() {
        assertThat(wish()).isEqualTo(new Wish(KNOWN, 5, null));
        assertThat(wish("--rounds", "3")).isEqualTo(new Wish(KNOWN, 3, null));
        assertThat(wish("gateway", "--rounds", "50")).isEqualTo(new Wish(List.of("gateway"), 50, null));
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
        }
    )
    void refusesWhatItDoesNotKnow(String words) {
        assertThatIllegalArgumentException().isThrownBy(() -> wish(words.split(" ")));
    }

    private static Wish wish(String... words) {
        return Wish.of(List.of(words), KNOWN);
    }
}
