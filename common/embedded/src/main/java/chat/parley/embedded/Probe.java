package chat.parley.embedded;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** One question in a server's own language whose answer shows that it serves, not only that it listens. */
@FunctionalInterface
interface Probe {
    Duration PATIENCE = Duration.ofSeconds(2);

    boolean serves(OutputStream question, DataInputStream answer) throws IOException;

    /** False as long as nobody answers, or answers otherwise. */
    default boolean serves(int port) {
        try (var socket = new Socket()) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                (int) PATIENCE.toMillis()
            );
            return serves(socket.getOutputStream(), new DataInputStream(socket.getInputStream()));
        } catch (IOException e) {
            return false;
        }
    }
}
