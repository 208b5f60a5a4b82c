package chat.parley.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdTest {

    private final RoomId room = RoomId.of("01990000-1111-7222-8333-444455556666");

    @ParameterizedTest
    @ValueSource(longs = { 1, 35, 36, 64, 65, 10_000_000, 1L << 52 })
    void readsBackWhatItWrote(long seq) {
        MessageId id = new MessageId(room, seq);

        assertThat(MessageId.of(id.toString())).isEqualTo(id);
        assertThat(id.toString()).hasSizeLessThanOrEqualTo(64).matches("[A-Za-z0-9._-]+");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "",
            "nonsense",
            "AZkAABERciKDM0REVVVmZg.0",
            "AZkAABERciKDM0REVVVmZg.01",
            "AZkAABERciKDM0REVVVmZg.-1",
            "AZkAABERciKDM0REVVVmZg.zzzzzzzzzzzzz",
            "AZkAABERciKDM0REVVVmZ!.1",
            "../../etc/passwd",
        }
    )
    void refusesWhatWasNeverGivenOut(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> MessageId.of(text));
    }

    @Test
    void hasOneSpellingOnly() {
        String id = new MessageId(room, 7).toString();
        char last = id.charAt(21);
        String twin = id.substring(0, 21) + (char) (last + 1) + id.substring(22);

        assertThatIllegalArgumentException().isThrownBy(() -> MessageId.of(twin));
    }
}
