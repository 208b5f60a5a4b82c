package chat.parley.message.search;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.message.words.Language;
import chat.parley.message.words.Terms;
import chat.parley.message.words.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
            // case, accents, width, ways of writing
            "CAFE | Meet me at the café",
            "café | meet me at the CAFE",
            "naïve | a naive idea",
            "muller | Grüße an Müller",
            "strasse | in der Straße",
            "smorrebrod | et stykke smørrebrød",
            "αθηνα | στην Αθήνα",
            "еще | Ещё раз",
            "abc | full width ＡＢＣ",
            // common endings
            "deploy | we deployed it yesterday",
            "deploys | deploying now",
            "running | it runs",
            "run | still running",
            "city | two cities",
            "boxes | one box",
            "release | releases",
            "anna | Anna's keyboard",
            "dont | I don't know",
            "don't | I dont know",
            "avion | l'avion part",
            // beginnings of the last word
            "conf | the configuration file",
            "the configurati | the configuration file",
            "dep | deployment",
            "ele | un éléphant",
            // whole words in any number and order
            "file the | the configuration file",
            "a | this is a test",
            "go | let it go",
            "2004 | in 2004 it was",
            "18.04 | ubuntu 18.04 is out",
            // addresses and names
            "example | see https://www.example.com/x for more",
            "example.com | see https://www.example.com/x for more",
            "foo | foo_bar.txt",
            "bar.txt | foo_bar.txt",
            // phrases
            "\"out of memory\" | killed: Out of memory: kill process",
            "“out of memory” | OUT OF MEMORY",
            "\"out of memory\" kil | killed: out of memory",
            "\"the end | this is the ending",
            // scripts without spaces
            "東京 | 私は東京都に住んでいます",
            "都 | 私は東京都に住んでいます",
            "住んで | 私は東京都に住んでいます",
            "データ | 新しいデータベースです",
            "ﾃﾞｰﾀ | 新しいデータベースです",
            "한국 | 저는 한국어를 배워요",
            "iPhone手机 | 我的iPhone手机坏了",
            "ไทย | ภาษาไทย",
            "👍 | done 👍🏽",
        }
    )
    void finds(String query, String text) {
        assertThat(matches(query, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
            "file | the fill",
            "co | the configuration", // two letters are a word, not a beginning
            "conf file | the configuration file", // only the last word may go on
            "\"run\" | still running", // between quotes endings count
            "\"out of memory\" | memory is out of the question",
            "\"mem\" | memory",
            "cat dog | a cat",
            "京東 | 東京",
            "東都 | 東京都",
            "東京 | 東 京",
            "мой | мои", // й is a letter
            "<mark> | nothing",
        }
    )
    void doesNotFind(String query, String text) {
        assertThat(matches(query, text)).isFalse();
    }

    private static boolean matches(String query, String text) {
        return Query.of(query, Language.ENGLISH).in(Words.of(text, Language.ENGLISH)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  ", "?!", "\"\"", "\" … \"", "--", "<>" })
    void knowsNoWordInPunctuation(String query) {
        assertThat(Query.of(query, Language.ENGLISH).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
        {
            "german, Häuser, haus",
            "german, Katzen, katze",
            "french, chevaux, cheval",
            "spanish, canciones, canción",
            "russian, книги, книга",
            "english-light, cities, city",
        }
    )
    void takesOffTheEndingsOfALanguage(String language, String text, String query) {
        var spoken = Language.named(language).orElseThrow();

        assertThat(Query.of(query, spoken).in(Words.of(text, spoken))).isPresent();
        assertThat(Query.of('"' + query + '"', spoken).in(Words.of(text, spoken))).isEmpty();
    }

    @Test
    void standardLeavesWordsAsTheyAre() {
        assertThat(Query.of("cat s", Language.STANDARD).in(Words.of("cats s", Language.STANDARD))).isEmpty();
    }

    /** What is looked up must never hide what reading would find. */
    @Test
    void whateverMatchesHasTheTermsThatAreLookedUp() {
        var seed = Long.getLong("parley.test.seed", System.nanoTime());
        System.out.println("QueryTest: seed " + seed);
        var random = new Random(seed);
        var matched = 0;
        for (var round = 0; round < 20_000; round++) {
            var language = Language.values()[random.nextInt(Language.values().length)];
            var text = Words.of(nonsense(random, 1 + random.nextInt(12)), language);
            var query = Query.of(nonsense(random, 1 + random.nextInt(3)), language);

            if (!query.isEmpty() && query.in(text).isPresent()) {
                matched++;
                var terms = new HashSet<>(Terms.of(text));
                assertThat(query.terms())
                    .as("seed %d, round %d", seed, round)
                    .isNotEmpty()
                    .allMatch(anyOf -> anyOf.stream().anyMatch(terms::contains));
            }
        }
        assertThat(matched).isGreaterThan(1_000);
    }

    private static String nonsense(Random random, int words) {
        var some = List.of(
            "run",
            "running",
            "Runs",
            "runner",
            "café",
            "cafes",
            "東京都",
            "東京",
            "京",
            "データ",
            "example.com",
            "example",
            "\"",
            "l'eau",
            "eau",
            "don't",
            "foo_bar",
            "foo",
            "häuser",
            "haus",
            "한국어",
            "?",
            "kernel's"
        );
        return IntStream.range(0, words)
            .mapToObj(_ -> some.get(random.nextInt(some.size())))
            .collect(Collectors.joining(random.nextInt(4) == 0 ? "" : " "));
    }
}
