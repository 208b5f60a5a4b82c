package chat.parley.bench.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection to this machine that is kept for many calls, one after the other, from one thread. */
public final class Connection implements Closeable {

    private static final int PATIENCE_MS = 20_000;
    private static final int LONGEST_BODY = 8 << 20;

    private final Socket socket;
    private final InputStream in;

    public Connection(int port) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    /**
     * An answer with a body that has been read to its end.
     *
     * @param retryAfter how long to wait before another try; null if the answer does not say
     */
    public record Answer(int status, @Nullable Duration retryAfter, byte[] body) {
        private static final int TOO_MANY_REQUESTS = 429;
        private static final int UNAVAILABLE = 503;

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** How long to wait until the same call may succeed; empty if it has, or never will by waiting. */
        public Optional<Duration> pause() {
            return status == UNAVAILABLE || status == TOO_MANY_REQUESTS
                ? Optional.ofNullable(retryAfter)
                : Optional.empty();
        }

        /** @throws IOException unless the call has succeeded */
        public Answer require() throws IOException {
            if (status < 200 || status > 299) {
                throw new IOException("answered with " + status + ": " + text());
            }
            return this;
        }
    }

    public Answer send(Call call) throws IOException {
        socket.getOutputStream().write(call.bytes());
        String status = line();
        long length = 0;
        boolean chunked = false;
        Duration retryAfter = null;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
                chunked = true;
            } else if (lower.startsWith("retry-after:")) {
                retryAfter = Duration.ofSeconds(
                    Long.parseLong(lower.substring("retry-after:".length()).strip())
                );
            }
        }
        return new Answer(statusOf(status), retryAfter, chunked ? chunks() : exactly(length));
    }

    private static int statusOf(String line) throws IOException {
        if (!line.matches("HTTP/1\\.1 \\d{3}.*")) {
            throw new IOException("not an answer: " + line);
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(exactly(size));
            line();
            bounded(body.size());
        }
        for (String trailer = line(); !trailer.isEmpty(); trailer = line()) {
            // Nobody asked for any.
        }
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private byte[] exactly(long length) throws IOException {
        byte[] bytes = in.readNBytes(bounded(length));
        if (bytes.length < length) {
            throw new EOFException("the answer ended early");
        }
        return bytes;
    }

    private static int bounded(long length) throws IOException {
        if (length > LONGEST_BODY) {
            throw new IOException("an answer of " + length + " bytes");
        }
        return (int) length;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
            bounded(line.length());
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
