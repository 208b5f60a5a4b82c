package chat.parley.testing.servers;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The servers of this test JVM: each started when the first test asks for it, ended with the JVM. */
public final class TestServers {

    private static final String KIND = "parley.test.servers";

    private static final TestServers OF_THIS_JVM = new TestServers(source());

    private final ServerSource source;
    private final Map<Server, Map<String, String>> running = new EnumMap<>(Server.class);

    private TestServers(ServerSource source) {
        this.source = source;
    }

    private static ServerSource source() {
        return switch (System.getProperty(KIND, "embedded")) {
            case "embedded" -> new EmbeddedSource();
            case "testcontainers" -> new ContainerSource();
            case String other -> throw new IllegalArgumentException(
                KIND + " is embedded or testcontainers, not " + other
            );
        };
    }

    /** The {@code PARLEY_…} values that lead to these servers, which run from now on. */
    public static Map<String, String> environment(Set<Server> servers) {
        var environment = new LinkedHashMap<String, String>();
        servers.forEach(server -> environment.putAll(OF_THIS_JVM.require(server)));
        return environment;
    }

    public static Map<String, String> environment(Server server) {
        return environment(Set.of(server));
    }

    private synchronized Map<String, String> require(Server server) {
        return running.computeIfAbsent(server, source::start);
    }
}
