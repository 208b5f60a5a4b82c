package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The search that other tests rely on to find nothing does find. */
class WordsTest {

    private final Words words = new Words();

    static Stream<Charset> encodings() {
        return Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void showInEveryEncodingHoweverTheyAreSpelled(Charset encoding) {
        String word = words.one();

        assertShows(amongOthers(word.getBytes(encoding), 3));
        assertShows(amongOthers(word.toLowerCase(Locale.ROOT).getBytes(encoding), 4));
        assertShows(amongOthers(word.toUpperCase(Locale.ROOT).getBytes(encoding), 5));
        assertShows(amongOthers(word.substring(0, 7).getBytes(encoding), 6));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void showInBase64WhereverTheyBegin(Charset encoding) {
        byte[] word = words.one().getBytes(encoding);

        for (int before = 0; before < 6; before++) {
            assertShows(Base64.getEncoder().encode(amongOthers(word, before)));
            assertShows(Base64.getUrlEncoder().encode(amongOthers(word, before)));
        }
    }

    @Test
    void doNotShowWhereTheyAreNot() {
        var others = new Words();
        Stream.generate(words::one)
            .limit(50)
            .forEach(word -> assertThat(word).hasSizeGreaterThan(8));

        assertThat(words.in(others.some().getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(words.in(amongOthers(new byte[0], 1 << 20))).isEmpty();
    }

    private void assertShows(byte[] bytes) {
        assertThat(words.in(bytes)).as("%s", words).containsExactlyElementsOf(words.all());
    }

    private static byte[] amongOthers(byte[] word, int before) {
        byte[] others = new byte[before + 20];
        new Random().nextBytes(others);
        return ByteBuffer.allocate(others.length + word.length)
            .put(others, 0, before)
            .put(word)
            .put(others, before, 20)
            .array();
    }
}
