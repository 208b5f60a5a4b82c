package chat.parley.room;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a server on this machine, which can be cut, with whatever is on it, and mended. */
final class Wire implements AutoCloseable {

    private final InetSocketAddress server;
    private final ServerSocket door;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    Wire(InetSocketAddress server) {
        this.server = server;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::open);
    }

    int port() {
        return door.getLocalPort();
    }

    void cut() {
        cut = true;
        ends.forEach(Wire::closeQuietly);
        ends.clear();
    }

    void mend() {
        cut = false;
    }

    private void open() {
        while (!door.isClosed()) {
            try {
                connect(door.accept());
            } catch (IOException closed) {
                // Either the door, which ends this, or the server, which is the client's matter.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        if (cut) {
            closeQuietly(client);
            return;
        }
        Socket behind = new Socket();
        ends.add(client);
        ends.add(behind);
        behind.connect(server);
        Thread.ofVirtual().start(() -> carry(client, behind));
        Thread.ofVirtual().start(() -> carry(behind, client));
        if (cut) {
            cut();
        }
    }

    private void carry(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // By one of the two, or by the cut.
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // All the better.
        }
    }

    @Override
    public void close() {
        cut();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
