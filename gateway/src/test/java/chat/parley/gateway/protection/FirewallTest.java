package chat.parley.gateway.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;

class FirewallTest {

    static Stream<Predicate<String>> patterns() {
        return Stream.of(
            StrictServerWebExchangeFirewall.ALLOWED_HEADER_NAMES,
            StrictServerWebExchangeFirewall.ALLOWED_HEADER_VALUES
        );
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void refusesWhatThePatternRefusesAndNothingElse(Predicate<String> pattern) {
        Predicate<String> quick = Firewall.orPlain(pattern);

        assertThat(IntStream.rangeClosed(0, Character.MAX_VALUE)).allSatisfy(character -> {
            String text = "a" + Character.toString(character) + "z";
            assertThat(quick.test(text)).as("U+%04X", character).isEqualTo(pattern.test(text));
        });
        assertThat(quick.test("")).isEqualTo(pattern.test(""));
        assertThat(quick.test(null)).isEqualTo(pattern.test(null));
    }
}
