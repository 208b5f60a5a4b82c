package chat.parley.local.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CleanTextTest {

    @Test
    void leavesOutWhatAMessageMayNotHold() {
        Map.of(
            "plain",
            "plain",
            "a\u0000b\u0007c",
            "abc",
            "\u0002bold\u0002 \u000304,12red\u0003 and\u000f plain",
            "bold red and plain",
            "one\r\ntwo\rthree\tfour",
            "one\ntwo\nthree\tfour",
            "half \ud83d pair",
            "half \ufffd pair",
            "e\u0301",
            "\u00e9",
            "\ufffd stays",
            "\ufffd stays"
        ).forEach((given, expected) -> assertThat(CleanText.pieces(given)).containsExactly(expected));
    }

    @Test
    void makesNothingOfNothing() {
        assertThat(CleanText.pieces("")).isEmpty();
        assertThat(CleanText.pieces(" \n\u0003\t")).isEmpty();
    }

    @Test
    void losesNothingOfATextThatIsTooLong() {
        String text = ("word ".repeat(3_000) + "😀".repeat(9_000) + " the end").strip();

        List<String> pieces = CleanText.pieces(text);

        assertThat(String.join("", pieces)).isEqualTo(text);
        assertThat(pieces).allMatch(piece -> piece.codePointCount(0, piece.length()) <= CleanText.LONGEST);
        assertThat(pieces.getFirst()).endsWith("word ");
    }
}
