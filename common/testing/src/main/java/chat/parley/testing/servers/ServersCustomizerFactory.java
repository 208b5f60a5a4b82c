package chat.parley.testing.servers;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Finds {@link WithServers} on a test class or around it. */
final class ServersCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
        Class<?> testClass,
        List<ContextConfigurationAttributes> configuration
    ) {
        var wanted = TestContextAnnotationUtils.findMergedAnnotation(testClass, WithServers.class);
        return wanted == null ? null : new ServersCustomizer(Set.of(wanted.value()));
    }
}
