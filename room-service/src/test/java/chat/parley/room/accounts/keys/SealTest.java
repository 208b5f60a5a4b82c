package chat.parley.room.accounts.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.service.security.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final byte[] PLAIN = "a private key".getBytes(StandardCharsets.UTF_8);

    private final Seal seal = new Seal(new Secret("one-secret-0123456789abcdef0123456789"));

    @Test
    void opensWhatItHasSealed() {
        byte[] sealed = seal.seal("key-1", PLAIN);

        assertThat(seal.open("key-1", sealed)).isEqualTo(PLAIN);
        assertThat(sealed).isNotEqualTo(seal.seal("key-1", PLAIN));
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("private");
    }

    @Test
    void refusesWhatAnotherSecretHasSealed() {
        Seal other = new Seal(new Secret("two-secret-0123456789abcdef0123456789"));
        byte[] sealed = other.seal("key-1", PLAIN);

        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> seal.open("key-1", sealed));
    }

    @Test
    void refusesWhatWasSealedUnderAnotherName() {
        byte[] sealed = seal.seal("key-1", PLAIN);

        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> seal.open("key-2", sealed));
    }

    @Test
    void refusesWhatHasBeenChanged() {
        byte[] sealed = seal.seal("key-1", PLAIN);
        for (int place = 0; place < sealed.length; place++) {
            byte[] changed = sealed.clone();
            changed[place] ^= 1;
            assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> seal.open("key-1", changed));
        }
        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> seal.open("key-1", new byte[5]));
    }
}
