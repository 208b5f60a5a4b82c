package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.service.problem.ValidationFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {

    @ParameterizedTest
    @ValueSource(
        strings = { "👍", "👍🏽", "🇩🇪", "🇪🇺", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👨‍👩‍👧‍👦", "🕵🏻‍♂️", "🏳️‍🌈", "🏴‍☠️", "❤️‍🔥", "1️⃣", "#️⃣", "©️", "🫠" }
    )
    void takesOneEmojiAsItIs(String emoji) {
        assertThat(ReactionType.of(emoji).text()).isEqualTo(emoji);
    }

    @ParameterizedTest
    @CsvSource({ "❤,❤️", "❤︎,❤️", "1⃣,1️⃣", "👍️,👍", "☺,☺️", "🏳‍🌈,🏳️‍🌈", "👁‍🗨,👁️‍🗨️" })
    void letsAllWritingsOfAnEmojiMeet(String written, String normal) {
        assertThat(ReactionType.of(written).text()).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(strings = { ":+1:", ":party_parrot:", ":grüße:", ":-1:" })
    void takesShortcodes(String shortcode) {
        assertThat(ReactionType.of(shortcode).text()).isEqualTo(shortcode);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "",
            " ",
            "a",
            "1",
            "#",
            "👍👍",
            "👍 ",
            "🇩",
            "🇽🇽",
            "🇩🇪🇩🇪",
            "‍",
            "️",
            "👍‍",
            "::",
            ":a b:",
            ":a/b:",
            "::a::",
            "<b>",
            "a🏽",
        }
    )
    void refusesWhatIsNoEmoji(String text) {
        assertThatThrownBy(() -> ReactionType.of(text)).isInstanceOf(ValidationFailed.class);
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(ReactionType.of(":" + "x".repeat(62) + ":").text()).hasSize(64);
        assertThatThrownBy(() -> ReactionType.of(":" + "x".repeat(63) + ":")).isInstanceOf(
            ValidationFailed.class
        );
    }
}
