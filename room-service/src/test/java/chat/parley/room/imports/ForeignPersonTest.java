package chat.parley.room.imports;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.room.Username;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignPersonTest {

    @ParameterizedTest
    @CsvSource(
        {
            "|trey|, trey",
            "HrdwrBoB, hrdwrbob",
            "Matt|, matt",
            "usual, usual",
            "jo, user-jo",
            "[Mr.X]^away, mr.x-away",
            "José-María, jose-maria",
            "a_very_long_nickname_of_thirty_six_c, a_very_long_nickname_of_thirty_s",
        }
    )
    void triesTheNearestUsernameFirst(String nickname, String username) {
        assertThat(person(nickname).candidate("irc", 0)).isEqualTo(username);
    }

    @Test
    void numbersNamesakesAndEndsWithAnIdentityOfTheirOwn() {
        ForeignPerson person = person("Matt|");

        assertThat(person.candidate("irc", 1)).isEqualTo("matt-2");
        assertThat(person.candidate("irc", 8)).isEqualTo("matt-9");
        assertThat(person.candidate("irc", 9))
            .matches("matt-[0-9a-f]{8}")
            .isNotEqualTo(person("Matt_").candidate("irc", 9));
    }

    @ParameterizedTest
    @ValueSource(strings = { "all", "ALL", "漢字", "|||", "_", "a", "\u0000\u0001", "😀" })
    void everybodyGetsAUsernameThatMayBe(String nickname) {
        ForeignPerson person = new ForeignPerson("id", nickname, nickname, null);

        assertThat(IntStream.range(0, ForeignPerson.CANDIDATES).mapToObj(n -> person.candidate("irc", n)))
            .allMatch(Username::isOne)
            .noneMatch(Username::isReserved);
        assertThat(person.displayName()).isNotBlank();
    }

    private static ForeignPerson person(String nickname) {
        return new ForeignPerson(nickname, nickname, nickname, null);
    }
}
