package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.service.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {

    @Test
    void countsCharactersAndNotTheirHalves() {
        assertThat(Content.of("🙂".repeat(8_000)).fault(false)).isEmpty();
        assertThat(Content.of("🙂".repeat(8_001)).fault(false)).map(Problem.Field::code).contains("too_long");
        assertThat(Content.of("a".repeat(8_001)).fault(false)).map(Problem.Field::code).contains("too_long");
        assertThat(Content.of("a".repeat(1_000_000)).fault(false))
            .map(Problem.Field::code)
            .contains("too_long");
    }

    @Test
    void countsAfterComposing() {
        assertThat(Content.of("e\u0301".repeat(8_000)).text()).isEqualTo("é".repeat(8_000));
        assertThat(Content.of("e\u0301".repeat(8_000)).fault(false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = { "\u0000", "a\rb", "a\r\nb", "\u001b[31m", "\u007f", "\u0085", "\ud800", "x\udc00" }
    )
    void refusesControlCharactersAndHalves(String text) {
        assertThat(Content.of(text).fault(true)).map(Problem.Field::code).contains("control_character");
    }

    @ParameterizedTest
    @ValueSource(strings = { "a\nb\tc", "<script>alert(1)</script>", "שלום", "e\u200dx", "  indented" })
    void keepsTheRestAsItWasWritten(String text) {
        assertThat(Content.of(text)).isEqualTo(new Content(text));
        assertThat(Content.of(text).fault(false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "''", "' '", "'\n\t'" })
    void isEmptyOnlyBesideAnAttachment(String text) {
        assertThat(Content.of(text).fault(false)).map(Problem.Field::code).contains("empty");
        assertThat(Content.of(text).fault(true)).isEmpty();
    }
}
