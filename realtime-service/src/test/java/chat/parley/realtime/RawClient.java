package chat.parley.realtime;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A connection that writes what bytes it likes. Reads give up after some seconds. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int CLOSE = 0x88;

    private final Socket socket;

    private RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    static RawClient to(int port) throws IOException {
        return new RawClient(port);
    }

    /** Has asked for a socket and read the answer's head. */
    static RawClient asking(int port, String path, String... headers) throws IOException {
        RawClient client = to(port);
        client.asks(path, headers);
        client.readsUntil("\r\n\r\n");
        return client;
    }

    void asks(String path, String... headers) throws IOException {
        String more = String.join(
            "",
            Arrays.stream(headers)
                .map(header -> header + "\r\n")
                .toList()
        );
        writes(
            "GET " +
                path +
                " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                more +
                "\r\n"
        );
    }

    void writes(String ascii) throws IOException {
        writes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    void writes(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** A whole text frame. */
    void says(String text) throws IOException {
        writes(frame(0x81, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Under the mask 0, which leaves every byte as it is. */
    static byte[] frame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(8 + payload.length);
        frame.put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.putInt(0).put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /** Everything up to and with this text. */
    String readsUntil(String text) throws IOException {
        var heard = new StringBuilder();
        while (heard.indexOf(text) < 0) {
            heard.append((char) next());
        }
        return heard.toString();
    }

    /** The next frame, whatever it is. */
    String hears() throws IOException {
        next();
        return new String(payload(next()), StandardCharsets.UTF_8);
    }

    /** The code of the farewell; frames before it are skipped. */
    int closeCode() throws IOException {
        while (true) {
            int first = next();
            byte[] payload = payload(next());
            if (first == CLOSE) {
                return ByteBuffer.wrap(payload).getShort();
            }
        }
    }

    private byte[] payload(int length) throws IOException {
        InputStream in = socket.getInputStream();
        int whole = length < 126 ? length : (next() << 8) | next();
        return in.readNBytes(whole);
    }

    private int next() throws IOException {
        int next = socket.getInputStream().read();
        if (next < 0) {
            throw new EOFException("the server has closed the connection");
        }
        return next;
    }

    /** Whether the server ends the connection, whatever it says before. */
    boolean isCutOff() throws IOException {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Without a word, as when a cable is pulled. */
    void vanishes() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
