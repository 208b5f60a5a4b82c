package chat.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTermsTest {

    @Test
    void keepsTheUsernameWholeAndTheNameInFoldedWords() {
        assertThat(SearchTerms.of("ada.l", "Ada King-No\u00ebl")).containsExactly(
            "ada.l",
            "ada",
            "king",
            "noel"
        );
    }

    @Test
    void asksForAllWordsOrTheUsername() {
        assertThat(SearchTerms.query("\u00c1da Ki")).isEqualTo("('ada':* & 'ki':*)");
        assertThat(SearchTerms.query("ada.l")).isEqualTo("('ada':* & 'l':*) | ('ada.l':*)");
        assertThat(SearchTerms.query("ada")).isEqualTo("('ada':*)");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "   ", "'", "!&|()", "\u0000", "\\" })
    void hasNoQuestionWhereThereIsNoWord(String typed) {
        assertThat(SearchTerms.query(typed)).isNull();
    }

    @Test
    void asksForNothingThatIsLongerThanAnyName() {
        assertThat(SearchTerms.query("ada " + "x".repeat(501))).isNull();
        assertThat(SearchTerms.query("x".repeat(500))).isEqualTo("('" + "x".repeat(500) + "':*)");
    }

    @ParameterizedTest
    @ValueSource(strings = { "a' | 'b", "a\\", "a\u0000b", "a\ud800b", "a:*" })
    void quotesNothingButLettersDigitsAndUsernames(String typed) {
        assertThat(SearchTerms.query(typed)).matches("[('\\p{L}\\p{N}_.\\-:*)& |]+").doesNotContain("''");
    }

    @Test
    void sortsNamesWhateverTheirCaseAndAccentsAndNeverByTooMuch() {
        assertThat(SearchTerms.sortable("\u00c4pfel")).isEqualTo("apfel");
        assertThat(SearchTerms.sortable("\ud83d\ude00".repeat(80)).codePoints().count()).isEqualTo(60);
    }
}
