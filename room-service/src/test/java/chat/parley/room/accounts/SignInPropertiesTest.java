package chat.parley.room.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SignInPropertiesTest {

    @Test
    void isConfiguredByTheVariablesThatTheDocumentationNames() {
        Binder variables = variables(
            Map.of(
                "PARLEY_AUTH_SIGN_IN_ACCOUNT_TRIES",
                "3",
                "PARLEY_AUTH_SIGN_IN_KNOWN_ADDRESS_AGE",
                "7d",
                "PARLEY_AUTH_HASHING_MEMORY_KIB",
                "65536",
                "PARLEY_AUTH_SESSIONS_PER_USER",
                "5",
                "PARLEY_AUTH_SWEEPING_INTERVAL",
                "10s"
            )
        );

        SignInProperties signIn = variables.bind("parley.auth.sign-in", SignInProperties.class).get();
        AuthProperties auth = variables.bind("parley.auth", AuthProperties.class).get();

        assertThat(signIn).isEqualTo(
            new SignInProperties(3, 50, Duration.ofMinutes(5), 20, Duration.ofDays(7))
        );
        assertThat(auth.hashing().memoryKib()).isEqualTo(65_536);
        assertThat(auth.sessionsPerUser()).isEqualTo(5);
        assertThat(auth.sweeping().interval()).hasSeconds(10);
    }

    private static Binder variables(Map<String, Object> variables) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                variables
            )
        );
        return new Binder(ConfigurationPropertySources.from(sources));
    }
}
