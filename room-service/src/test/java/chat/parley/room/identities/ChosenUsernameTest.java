package chat.parley.room.identities;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.room.Username;
import chat.parley.service.security.Identity;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChosenUsernameTest {

    @ParameterizedTest
    @CsvSource(
        {
            "ada,, ada",
            "Ada.Lovelace,, ada.lovelace",
            "ada@example.org,, ada",
            "Zoë Müller,, zoe-muller",
            "ab,, user-ab",
            "__x--,, user-x",
            "all,, all-2",
            "'日本', taro@example.org, taro",
            ", taro+chat@example.org, taro-chat",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        }
    )
    void isWhatTheyAreCalledElsewhereAsFarAsItCanBe(String username, String email, String expected) {
        assertThat(ChosenUsername.candidates(identity(username, email))).first().isEqualTo(expected);
    }

    @Test
    void isMadeUpForTheNameless() {
        assertThat(ChosenUsername.candidates(identity("日本", null))).allMatch(name ->
            name.matches("user-\\d{8}")
        );
    }

    @Test
    void isAlwaysOneThatSomebodyMayHave() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int n = 0; n < 2_000; n++) {
            int[] characters = random.ints(random.nextInt(60), 0, 0x3000).toArray();
            String name = new String(characters, 0, characters.length);

            assertThat(ChosenUsername.candidates(identity(name, null)))
                .as("seed %d, %s", seed, name)
                .hasSizeGreaterThanOrEqualTo(5)
                .allMatch(Username::isOne)
                .noneMatch(Username::isReserved);
        }
    }

    private static Identity identity(String username, String email) {
        return new Identity("https://issuer.example", "1", username, email, null);
    }
}
