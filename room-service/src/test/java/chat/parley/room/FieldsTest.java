package chat.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.contracts.room.Role;
import chat.parley.service.problem.Problem;
import chat.parley.service.problem.ValidationFailed;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    private final Fields fields = new Fields();

    @Test
    void takesLinesTrimmedAndComposed() {
        assertThat(fields.line("name", "  Zoe\u0308 ", 3)).isEqualTo("Zo\u00eb");
        fields.check();
    }

    @Test
    void countsCharactersAndNotTheirHalves() {
        assertThat(fields.line("name", "\ud83d\ude00\ud83d\ude00", 2)).hasSize(4);
        fields.check();

        fields.line("name", "\ud83d\ude00\ud83d\ude00\ud83d\ude00", 2);
        assertRefused("too_long");
    }

    @ParameterizedTest
    @ValueSource(strings = { "a\u0000b", "a\nb", "a\u0085b", "a\u2028b", "a\ud800b", "\udc00" })
    void refusesWhatNobodyCanReadOrStore(String text) {
        fields.line("name", text, 80);

        assertRefused("invalid_characters");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  ", "\t\n", "\u00a0", "\u200b \u200d", "\u3000\ufeff" })
    void refusesLinesOfNothing(String text) {
        assertThat(new Fields().optionalLine("topic", text, 80)).isNull();

        fields.line("name", text, 80);
        assertRefused("required");
    }

    @ParameterizedTest
    @ValueSource(
        strings = { "https://example.org/a.png", "HTTP://example.org/a", "/media/1/original/a.png?sig=x" }
    )
    void takesAddressesOfPictures(String url) {
        assertThat(fields.picture("avatar", url)).isEqualTo(url);
        fields.check();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "javascript:alert(1)",
            "data:image/png;base64,AA",
            "//evil.example/a",
            "a.png",
            "http:",
            "http://a b",
        }
    )
    void refusesOtherAddresses(String url) {
        fields.picture("avatar", url);

        assertRefused("invalid_url");
    }

    @Test
    void readsChoicesInLowerCaseOnly() {
        assertThat(fields.choice("role", "admin", Role.class)).isEqualTo(Role.ADMIN);
        fields.check();

        fields.choice("role", "ADMIN", Role.class);
        assertRefused("unknown");
    }

    private void assertRefused(String code) {
        assertThatThrownBy(fields::check)
            .asInstanceOf(InstanceOfAssertFactories.type(ValidationFailed.class))
            .extracting(refused -> refused.fields().stream().map(Problem.Field::code).toList())
            .asInstanceOf(InstanceOfAssertFactories.LIST)
            .containsExactly(code);
    }
}
