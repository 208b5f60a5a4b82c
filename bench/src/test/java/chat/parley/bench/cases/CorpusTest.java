package chat.parley.bench.cases;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.bench.cases.Corpus.Line;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {

    @TempDir
    Path folder;

    @Test
    void readsWhatPeopleHaveSaidRoomByRoom() throws Exception {
        Path file = folder.resolve("irc.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(
                """
                {"room": "a", "line": 0, "at": "2004-11-15T12:18:00Z", "type": "text", "user": "x", "content": "hello \\u0007there"}
                {"room": "b", "line": 0, "at": "2004-11-15T12:19:00Z", "type": "text", "user": "y", "content": "hello"}
                {"room": "a", "line": 1, "at": "2004-11-15T12:20:00Z", "type": "system", "content": ""}
                """.getBytes(StandardCharsets.UTF_8)
            );
        }

        Corpus corpus = Corpus.read(file);

        assertThat(corpus.size()).isEqualTo(3);
        assertThat(corpus.rooms().get("a")).extracting(Line::content).containsExactly("hello  there", "-");
        assertThat(corpus.rooms().get("b")).extracting(Line::at).asString().contains("2004-11-15T12:19:00Z");
        assertThat(corpus.common()).isEqualTo("hello");
    }

    @Test
    void makesUpTheSameAsOftenAsItIsAsked() {
        Corpus corpus = Corpus.madeUp(7);

        assertThat(corpus).isEqualTo(Corpus.madeUp(7));
        assertThat(corpus.rooms()).hasSize(153);
        assertThat(corpus.size()).isEqualTo(220_440);
    }

    @Test
    void knowsCommonAndRareWords() {
        Corpus corpus = Corpus.madeUp(7);

        assertThat(having(corpus, corpus.rare())).isEqualTo(3);
        assertThat(having(corpus, corpus.common())).isGreaterThan(1_000);
        assertThat(having(corpus, corpus.phrase())).isPositive();
    }

    private static long having(Corpus corpus, String words) {
        return corpus
            .rooms()
            .values()
            .stream()
            .flatMap(List::stream)
            .filter(line -> (" " + line.content() + " ").contains(" " + words + " "))
            .count();
    }
}
