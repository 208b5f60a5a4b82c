package chat.parley.testing.rooms;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Finds {@link WithFakeRooms} on a test class or around it. */
final class FakeRoomsCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
        Class<?> testClass,
        List<ContextConfigurationAttributes> configuration
    ) {
        return TestContextAnnotationUtils.hasAnnotation(testClass, WithFakeRooms.class)
            ? new FakeRoomsCustomizer()
            : null;
    }

    /** A record, so that all tests with it share one context. */
    private record FakeRoomsCustomizer() implements ContextCustomizer {
        @Override
        public void customizeContext(
            ConfigurableApplicationContext context,
            MergedContextConfiguration configuration
        ) {
            var rooms = FakeRooms.start();
            context
                .getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("fake rooms", rooms.properties()));
            context.getBeanFactory().registerSingleton("fakeRooms", rooms);
            context.addApplicationListener(rooms::stopWith);
        }
    }
}
