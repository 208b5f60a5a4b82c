package chat.parley.service.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class DefaultSecretsGuardTest {

    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void refusesToStartOnASecretEverybodyKnows() {
        given("parley.security.service-secret", Secret.LOCAL_PREFIX + "something");

        assertThatIllegalStateException().isThrownBy(this::check).withMessageContaining("service-secret");
    }

    @Test
    void letsDevelopersAndTestsHaveIt() {
        given("parley.security.service-secret", Secret.LOCAL_PREFIX + "something");
        environment.setActiveProfiles("local");

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void hasNothingAgainstASecretOfOnesOwn() {
        given("parley.security.service-secret", "7f2c0f5d-a-secret-of-ones-own");

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void leavesAloneWhatOtherProgramsKeepInTheEnvironment() {
        given("PROMPT", "${nobody.knows.this}");

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    private void given(String name, String value) {
        environment.getPropertySources().addFirst(new MapPropertySource("given", Map.of(name, value)));
    }

    private void check() {
        new DefaultSecretsGuard().postProcessEnvironment(environment, new SpringApplication());
    }
}
