package chat.parley.embedded;

import java.util.Map;

/** One server on one data folder and one port of the loopback interface. */
public interface EmbeddedServer {
    /** Lower-case, as {@code ./parley status} shows it. */
    String name();

    int port();

    /** The {@code PARLEY_…} variables that lead a service to this server. */
    Map<String, String> environment();

    /**
     * Ends whatever an earlier run left on this data folder, starts the server and returns when it answers.
     *
     * @throws ServerNotStarted with one line for the user
     */
    ServerProcess start();
}
