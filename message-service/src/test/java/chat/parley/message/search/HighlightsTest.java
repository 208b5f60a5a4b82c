package chat.parley.message.search;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.message.words.Language;
import chat.parley.message.words.Words;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HighlightsTest {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
            "deploy | we Deployed it | we <mark>Deployed</mark> it",
            "cafe | the café, the Cafés | the <mark>café</mark>, the <mark>Cafés</mark>",
            "\"out of memory\" | Out of memory! | <mark>Out of memory</mark>!",
            "conf | configuration | <mark>configuration</mark>",
            "東京 | 東京都 | <mark>東京</mark>都",
            "script | <script>alert('x')</script> | &lt;<mark>script</mark>&gt;alert(&#39;x&#39;)&lt;/<mark>script</mark>&gt;",
            "a b | a & b \"c\" | <mark>a</mark> &amp; <mark>b</mark> &quot;c&quot;",
            "mark | <mark>mine</mark> | &lt;<mark>mark</mark>&gt;mine&lt;/<mark>mark</mark>&gt;",
        }
    )
    void marksWhatWasFound(String query, String text, String expected) {
        assertThat(highlights(query, text)).containsExactly(expected);
    }

    @Test
    void cutsLongTextsAtWords() {
        var far = "lorem ipsum ".repeat(40);

        var highlights = highlights("needle", far + "needle " + far + "needles " + far);

        assertThat(highlights)
            .hasSize(2)
            .allSatisfy(highlight ->
                assertThat(highlight)
                    .startsWith("…")
                    .endsWith("…")
                    .containsPattern("(lorem|ipsum) <mark>needles?</mark>")
                    .hasSizeLessThan(180)
            );
    }

    @Test
    void showsNoMoreThanThree() {
        assertThat(highlights("needle", ("needle " + "hay ".repeat(50)).repeat(20))).hasSize(3);
    }

    @Test
    void staysShortInATextOfNothingElse() {
        assertThat(highlights("a", "a ".repeat(4_000)))
            .hasSize(3)
            .allSatisfy(highlight -> assertThat(highlight).hasSizeLessThan(2_500));
    }

    /** Whatever people write: without the marks it is escaped text of theirs, and nothing else. */
    @Test
    void isSafeToRenderWhateverTheTextHolds() {
        var seed = Long.getLong("parley.test.seed", System.nanoTime());
        System.out.println("HighlightsTest: seed " + seed);
        var random = new Random(seed);
        var signs = List.of(
            "<",
            ">",
            "&",
            "\"",
            "'",
            "mark",
            "script",
            " ",
            "😀",
            "é",
            "\n",
            "/",
            "amp;",
            "a"
        );
        for (var round = 0; round < 5_000; round++) {
            var text = new StringBuilder();
            for (var i = random.nextInt(300); i >= 0; i--) {
                text.append(signs.get(random.nextInt(signs.size())));
            }
            for (var highlight : highlights(random.nextBoolean() ? "mark" : "a", text.toString())) {
                var plain = unescaped(highlight.replace("<mark>", "").replace("</mark>", ""));
                assertThat(plain.replace("…", "")).as("seed %d", seed).isSubstringOf(text);
            }
        }
    }

    /** Fails on any markup that is left. */
    private static String unescaped(String html) {
        assertThat(html).doesNotContain("<", ">", "\"", "'");
        assertThat(html).doesNotContainPattern("&(?!amp;|lt;|gt;|quot;|#39;)");
        return html
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
    }

    private static List<String> highlights(String query, String text) {
        return Query.of(query, Language.ENGLISH)
            .in(Words.of(text, Language.ENGLISH))
            .map(spans -> Highlights.of(text, spans))
            .orElse(List.of());
    }
}
