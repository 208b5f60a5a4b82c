package chat.parley.service.security;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.PropertySource;

/**
 * Refuses to start a service on a secret that everybody can read in our repository, unless its profile says that
 * it runs on a developer's machine or in a test.
 */
public final class DefaultSecretsGuard implements EnvironmentPostProcessor {

    private static final Profiles HARMLESS = Profiles.of("local | test");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.acceptsProfiles(HARMLESS)) {
            return;
        }
        List<String> offenders = new ArrayList<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> named) {
                collect(environment, named, offenders);
            }
        }
        if (!offenders.isEmpty()) {
            throw new DefaultSecretInUse(offenders);
        }
    }

    private static void collect(
        ConfigurableEnvironment environment,
        EnumerablePropertySource<?> source,
        List<String> offenders
    ) {
        for (String name : source.getPropertyNames()) {
            if (isPublic(environment, name)) {
                offenders.add(name);
            }
        }
    }

    /** The machine's own variables may hold dollar signs and braces that mean nothing to us. */
    private static boolean isPublic(ConfigurableEnvironment environment, String name) {
        try {
            return String.valueOf(environment.getProperty(name)).startsWith(Secret.LOCAL_PREFIX);
        } catch (IllegalArgumentException unresolvable) {
            return false;
        }
    }

    /** A default secret outside the profiles that may have one. */
    static final class DefaultSecretInUse extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        DefaultSecretInUse(List<String> names) {
            super(
                "Refusing to start: these hold a default secret that is public knowledge: " +
                    String.join(", ", names) +
                    ". Set secrets of your own, or run with the profile 'local' on your own machine."
            );
        }
    }
}
