package chat.parley.media.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    @ParameterizedTest
    @CsvSource(
        {
            "plan.txt, plan.txt",
            "../../etc/passwd, passwd",
            "C:\\Users\\ada\\plan.txt, plan.txt",
            "/a/b\\c/d.png, d.png",
            "' two  words.txt ', two words.txt",
            ".gitignore, .gitignore",
            "😀.png, 😀.png",
        }
    )
    void keepsWhatIsANameOfIt(String given, String expected) {
        assertThat(FileName.of(given)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", ".", "..", "...", "a/", "\u0000", "\u200B", "../.." })
    void namesWhatHasNoName(String given) {
        assertThat(FileName.of(given)).isEqualTo("file");
    }

    @Test
    void takesOutWhatCannotBeSeen() {
        assertThat(FileName.of("a\u0000b\r\nc\u001B[31m\u202Egpj.exe")).isEqualTo("ab c[31mgpj.exe");
    }

    @Test
    void writesLettersOneWay() {
        assertThat(FileName.of("u\u0308.txt")).isEqualTo("\u00FC.txt");
    }

    @Test
    void shortensTheStemAndKeepsTheExtension() {
        String name = FileName.of("日本".repeat(200) + ".jpeg");

        assertThat(name).startsWith("日本").endsWith(".jpeg");
        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isBetween(250, 255);
        assertThat(FileName.of("x".repeat(1_000))).hasSize(255);
    }
}
