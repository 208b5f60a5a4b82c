package chat.parley.testing.servers;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** A record, so that tests which want the same servers share one context. */
record ServersCustomizer(Set<Server> servers) implements ContextCustomizer {
    private static final Map<String, String> FREE_PORTS = Map.of(
        "PARLEY_PORT",
        "0",
        "PARLEY_MANAGEMENT_PORT",
        "0",
        "PARLEY_BIND_ADDRESS",
        "127.0.0.1"
    );

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
        var properties = new HashMap<String, Object>(FREE_PORTS);
        properties.putAll(TestServers.environment(servers));
        context
            .getEnvironment()
            .getPropertySources()
            .addFirst(new MapPropertySource("test servers", properties));
    }
}
