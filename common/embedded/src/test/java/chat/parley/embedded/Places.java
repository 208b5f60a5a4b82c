package chat.parley.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** Places for servers under test. */
final class Places {

    private Places() {}

    static ServerPlace in(Path folder, String name) {
        return new ServerPlace(
            folder.resolve(name),
            freePort(),
            folder.resolve("logs").resolve(name + ".log")
        );
    }

    static EmbeddedServers all(Path folder) {
        var ports = new EmbeddedPorts(freePort(), freePort(), freePort(), freePort(), freePort());
        return EmbeddedServers.on(folder, folder.resolve("logs"), ports);
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
