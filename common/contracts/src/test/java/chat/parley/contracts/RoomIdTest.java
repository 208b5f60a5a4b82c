package chat.parley.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomIdTest {

    private static final String ID = "01990000-1111-7222-8333-444455556666";

    @Test
    void readsBackWhatItWrote() {
        assertThat(RoomId.of(ID)).hasToString(ID);
        assertThat(RoomId.of("01990000-AAAA-7222-8333-444455556666")).hasToString(
            "01990000-aaaa-7222-8333-444455556666"
        );
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "",
            "1-1-1-1-1",
            "01990000111172228333444455556666",
            "001990000-111-7222-8333-444455556666",
            "01990000-1111-7222-08333-44445555666",
            "01990000-1111-7222-8333-44445555666g",
            " 01990000-1111-7222-8333-44445555666",
        }
    )
    void hasOneSpellingOnly(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RoomId.of(text));
    }
}
