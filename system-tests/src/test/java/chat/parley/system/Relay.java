package chat.parley.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Stands between the gateway and two nodes, as a Kubernetes Service does, and sends each new socket and each call to
 * the node that the test has chosen; or to the other, if that one is gone.
 */
final class Relay implements AutoCloseable {

    private static final Pattern CALL = Pattern.compile(
        "(GET|POST|PUT|DELETE|HEAD|OPTIONS|PATCH) /.*",
        Pattern.DOTALL
    );
    private static final int CHUNK = 16 * 1024;

    private final ServerSocket door;
    private final Map<Place, Integer> nodes;
    private volatile Place next = Place.HERE;

    /** @param nodes the ports */
    Relay(Map<Place, Integer> nodes) {
        this.nodes = new EnumMap<>(nodes);
        try {
            door = new ServerSocket(0, 100, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Where what is new from now on goes. */
    void direct(Place place) {
        next = place;
    }

    private void accept() {
        try {
            while (true) {
                Socket gateway = door.accept();
                Thread.ofVirtual().start(() -> serve(gateway));
            }
        } catch (IOException closed) {
            // The play is over.
        }
    }

    private void serve(Socket gateway) {
        try (gateway; Nodes asked = new Nodes(gateway)) {
            gateway.setTcpNoDelay(true);
            InputStream in = gateway.getInputStream();
            byte[] chunk = new byte[CHUNK];
            OutputStream out = null;
            boolean isSocket = false;
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                String start = new String(chunk, 0, Math.min(length, 10), StandardCharsets.US_ASCII);
                // One call after the other comes on a connection, so what begins like one is one.
                if (out == null || (!isSocket && CALL.matcher(start).matches())) {
                    isSocket = start.startsWith("GET /app/");
                    out = asked.at(next);
                }
                out.write(chunk, 0, length);
                out.flush();
            }
        } catch (IOException broken) {
            // Both ends are closed, and learn of it by that.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The connections to the nodes behind one from the gateway. */
    private final class Nodes implements AutoCloseable {

        private final Socket gateway;
        private final Map<Place, Socket> connections = new EnumMap<>(Place.class);

        Nodes(Socket gateway) {
            this.gateway = gateway;
        }

        OutputStream at(Place place) throws IOException {
            Socket known = connections.get(place);
            return (known == null || known.isClosed() ? connect(place) : known).getOutputStream();
        }

        private Socket connect(Place place) throws IOException {
            Socket node = open(place);
            node.setTcpNoDelay(true);
            connections.put(place, node);
            Thread.ofVirtual().start(() -> passBack(node));
            return node;
        }

        private Socket open(Place place) throws IOException {
            try {
                return to(place);
            } catch (IOException gone) {
                return to(place == Place.HERE ? Place.THERE : Place.HERE);
            }
        }

        private Socket to(Place place) throws IOException {
            Socket node = new Socket();
            node.connect(new InetSocketAddress("127.0.0.1", nodes.get(place)), 1_000);
            return node;
        }

        /** An end of a node's connection is one of the gateway's: it must not wait for an answer in vain. */
        private void passBack(Socket node) {
            try (node; gateway) {
                node.getInputStream().transferTo(gateway.getOutputStream());
            } catch (IOException broken) {
                // As above.
            }
        }

        @Override
        public void close() throws IOException {
            for (Socket node : connections.values()) {
                node.close();
            }
        }
    }
}
