package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MentionsTest {

    @ParameterizedTest
    @CsvSource(
        textBlock = """
        '@ada hello', 'ada'
        'hello @Ada', 'ada'
        '(@ada,@bob)', 'ada bob'
        'ask @ada.', 'ada. ada'
        'ask @ada.l!', 'ada.l'
        '@ada @ada', 'ada'
        'me@example.com', ''
        '@@ada', ''
        '@ab', ''
        '@all', 'all'
        """
    )
    void findsNames(String text, String names) {
        assertThat(String.join(" ", Mentions.names(text))).isEqualTo(names);
    }

    @Test
    void looksForABoundedNumber() {
        String crowd = IntStream.range(0, 1_500)
            .mapToObj(i -> "@u" + (1_000 + i))
            .collect(Collectors.joining(" "));

        assertThat(Mentions.names(crowd)).hasSize(Mentions.MAX_NAMES);
    }
}
