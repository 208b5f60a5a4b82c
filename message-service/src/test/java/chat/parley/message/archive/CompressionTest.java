package chat.parley.message.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompressionTest {

    private static final int MOST = 1_000_000;

    @Test
    void givesBackWhatItWasGiven() {
        for (var size : new int[] { 0, 1, 100, 16 * 1024, 16 * 1024 + 1, 300_000 }) {
            var content = new byte[size];
            new Random(size).nextBytes(content);

            assertThat(Compression.decompress(Compression.compress(content), MOST)).isEqualTo(content);
        }
    }

    @Test
    void makesWhatPeopleWriteSmaller() {
        var talk = "Shall we meet at the usual place? I am late again.\n".repeat(200);

        assertThat(Compression.compress(talk.getBytes(StandardCharsets.UTF_8))).hasSizeLessThan(500);
    }

    @Test
    void takesNothingThatIsDamagedCutOffOrTooLarge() {
        var compressed = Compression.compress(new byte[1000]);

        assertThatIllegalArgumentException().isThrownBy(() ->
            Compression.decompress(Arrays.copyOf(compressed, compressed.length - 3), MOST)
        );
        assertThatIllegalArgumentException().isThrownBy(() -> Compression.decompress(new byte[20], MOST));
        assertThatIllegalArgumentException().isThrownBy(() -> Compression.decompress(compressed, 999));
        assertThat(Compression.decompress(compressed, 1000)).hasSize(1000);
    }
}
