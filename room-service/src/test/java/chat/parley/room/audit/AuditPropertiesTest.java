package chat.parley.room.audit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.service.security.Secret;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class AuditPropertiesTest {

    private static final String SEAL_KEY = "one-secret-0123456789abcdef0123456789";
    private static final String AUDIT_KEY = "two-secret-0123456789abcdef0123456789";

    @Test
    void provesByTheSealKeyUntilThereIsAKeyOfItsOwn() {
        AuditProperties usual = bound(Map.of());
        AuditProperties own = bound(Map.of("PARLEY_AUTH_AUDIT_KEY", AUDIT_KEY));

        assertThat(usual.key()).isEqualTo(new Secret(SEAL_KEY));
        assertThat(own.key()).isEqualTo(new Secret(AUDIT_KEY));
        assertThat(own.audit()).isEqualTo(usual.audit());
    }

    private static AuditProperties bound(Map<String, Object> more) {
        Map<String, Object> variables = new HashMap<>(more);
        variables.put("PARLEY_AUTH_SEAL_KEY", SEAL_KEY);
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                variables
            )
        );
        return new Binder(ConfigurationPropertySources.from(sources))
            .bind("parley.auth", AuditProperties.class)
            .get();
    }
}
