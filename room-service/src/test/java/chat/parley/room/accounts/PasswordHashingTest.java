package chat.parley.room.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.room.accounts.AuthProperties.Hashing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class PasswordHashingTest {

    private final PasswordHashing hashing = new PasswordHashing(new Hashing(64, 2, 1, 1));

    /** From the tests of the algorithm's authors, of "password" and "somesalt". */
    @ParameterizedTest
    @ValueSource(
        strings = {
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
            "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        }
    )
    void knowsTheHashesOfOthersOfWhateverSize(String hash) {
        assertThat(hashing.matches("password", hash)).isTrue();
        assertThat(hashing.matches("Password", hash)).isFalse();
        assertThat(Argon2Hash.parse(hash).encoded()).isEqualTo(hash);
    }

    @Test
    void writesHashesThatOthersKnow() {
        Argon2PasswordEncoder other = new Argon2PasswordEncoder(16, 32, 1, 64, 2);

        String first = hashing.hash("correct-horse");
        String second = hashing.hash("correct-horse");

        assertThat(first).startsWith("$argon2id$v=19$m=64,t=2,p=1$").isNotEqualTo(second);
        assertThat(other.matches("correct-horse", first)).isTrue();
        assertThat(other.matches("correct-horse", second)).isTrue();
        assertThat(hashing.matches("correct-horse", other.encode("correct-horse"))).isTrue();
    }

    /** What one hash leaves in the memory that the next one uses would show in it. */
    @Test
    void isNotConfusedByWhatTheSameThreadHashedBefore() {
        String one = hashing.hash("correct-horse");
        String another = hashing.hash("battery-staple");
        String larger = new Argon2PasswordEncoder(16, 32, 2, 512, 3).encode("larger-battery");
        String smaller = new Argon2PasswordEncoder(16, 32, 1, 8, 1).encode("smaller-battery");

        for (int again = 0; again < 3; again++) {
            assertThat(hashing.matches("larger-battery", larger)).isTrue();
            assertThat(hashing.matches("correct-horse", one)).isTrue();
            assertThat(hashing.matches("smaller-battery", smaller)).isTrue();
            assertThat(hashing.matches("battery-staple", another)).isTrue();
            assertThat(hashing.matches("battery-staple", one)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "",
            "password",
            "{noop}password",
            "$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ",
            "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
            "$argon2id$v=19$m=256,t=2,p=1$c29tZ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
            "$argon2id$v=19$m=0,t=0,p=0$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        }
    )
    void takesWhatIsNoHashForNobodys(String text) {
        assertThat(hashing.matches("password", text)).isFalse();
        assertThat(hashing.isOutdated(text)).isTrue();
    }

    @Test
    void takesNoHashForNobodys() {
        assertThat(hashing.matches("password", null)).isFalse();
    }
}
