package chat.parley.local.supervision;

import java.io.IOException;
import java.nio.file.Path;

/** A server or a service that runs as one process. */
public interface Component {
    String name();

    /** Where it listens, on the loopback address. */
    int port();

    Path log();

    /** Whether {@link #prepare} has something to do. */
    default boolean wantsPreparation() {
        return false;
    }

    /** What is to be done once before the first start; it may take its time. */
    default void prepare() {}

    /** Starts its process; it need not be ready on return. */
    Run start() throws IOException;
}
