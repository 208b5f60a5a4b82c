package chat.parley.room.accounts.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import chat.parley.service.security.Secret;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

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

    @Test
    void isConfiguredByTheVariablesThatTheDocumentationNames() {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                Map.of(
                    "PARLEY_AUTH_SEAL_KEY",
                    "one-secret-0123456789abcdef0123456789",
                    "PARLEY_AUTH_SEAL_KEY_PREVIOUS",
                    "two-secret-0123456789abcdef0123456789",
                    "PARLEY_AUTH_KEY_LIFETIME",
                    "7d",
                    "PARLEY_AUTH_KEYS_MAX_AGE",
                    "30s"
                )
            )
        );

        KeysProperties bound = new Binder(ConfigurationPropertySources.from(sources))
            .bind("parley.auth", KeysProperties.class)
            .get();

        assertThat(bound.sealKeyPrevious()).isEqualTo(new Secret("two-secret-0123456789abcdef0123456789"));
        assertThat(bound.keyLifetime()).hasDays(7);
        assertThat(bound.keysMaxAge()).hasSeconds(30);
        assertThat(bound.keyLead()).hasMinutes(15);
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
