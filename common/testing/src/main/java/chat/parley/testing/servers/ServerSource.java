package chat.parley.testing.servers;

import java.util.Map;

/** Where servers for tests come from. */
interface ServerSource {
    /** Starts a fresh server that ends with this JVM, and returns the {@code PARLEY_…} values that lead to it. */
    Map<String, String> start(Server server);
}
