package chat.parley.room.accounts.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import chat.parley.service.security.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeysPropertiesTest {

    @Test
    void takesALeadThatIsLongerThanAnybodyMayBeBehind() {
        assertThat(keys(Duration.ofDays(30), Duration.ofMinutes(7)).keyLead()).hasMinutes(7);
    }

    @Test
    void refusesALeadThatWouldShowSomebodyAKeyTheyDoNotKnow() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> keys(Duration.ofDays(30), Duration.ofMinutes(7).minusMillis(1)))
            .withMessageContaining("key-lead");
    }

    @Test
    void refusesKeysThatWouldBeReplacedBeforeTheySign() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> keys(Duration.ofMinutes(13), Duration.ofMinutes(7)))
            .withMessageContaining("key-lifetime");
    }

    private static KeysProperties keys(Duration lifetime, Duration lead) {
        return new KeysProperties(
            new Secret("one-secret-0123456789abcdef0123456789"),
            null,
            Duration.ofMinutes(15),
            lifetime,
            lead,
            Duration.ofMinutes(1),
            Duration.ofSeconds(1)
        );
    }
}
