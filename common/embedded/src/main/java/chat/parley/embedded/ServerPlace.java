package chat.parley.embedded;

import java.nio.file.Path;

/**
 * Where one server lives.
 *
 * @param folder holds all its data and its process id; nothing else may use it
 * @param port on 127.0.0.1
 * @param log receives its output, appended
 */
public record ServerPlace(Path folder, int port, Path log) {
    public ServerPlace {
        folder = folder.toAbsolutePath().normalize();
        log = log.toAbsolutePath().normalize();
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("no such port: " + port);
        }
    }
}
