package chat.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import chat.parley.testing.rooms.TestTokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Clients that send more, less, later or something else than they should: each gets its answer, or its end, in time. */
@GatewayTest
@TestPropertySource(
    properties = {
        "parley.gateway.connections.idle-timeout=10s",
        "parley.gateway.connections.read-timeout=10s",
        "parley.gateway.connections.headers-within=2s",
        "parley.gateway.pace.silence=3s",
        "parley.gateway.pace.grace=2s",
        "parley.gateway.pace.per-second=100KB",
    }
)
class ConnectionWebTest {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String TOKEN = TestTokens.of(UserId.random());

    @LocalServerPort
    private int port;

    @Test
    void refusesTooLongABodyAndTakesNoMoreOfIt() throws Exception {
        try (Wire wire = new Wire()) {
            wire.says(head("POST", "/api/chat/rooms", "Content-Length: 10000000000"));
            wire.floods();

            assertThat(wire.hearsUntilTheEnd()).startsWith("HTTP/1.1 413 ").contains("\"too_large\"");
        }
    }

    @Test
    void breaksNobodyOffBeforeTheAnswerCanBeRead() throws Exception {
        try (Wire wire = new Wire()) {
            wire.says(head("POST", "/api/chat/rooms", "Content-Length: 10000000000"));
            long since = System.nanoTime();

            wire.floods();

            assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(Duration.ofMillis(900));
            assertThat(wire.hearsUntilTheEnd()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void refusesABodyThatGrowsTooLongAndTakesNoMoreOfIt() throws Exception {
        try (Wire wire = new Wire()) {
            wire.says(head("POST", "/api/chat/rooms", "Transfer-Encoding: chunked"));
            wire.says("7fffffff\r\n");
            wire.floods();

            assertThat(wire.hearsUntilTheEnd()).startsWith("HTTP/1.1 413 ").contains("\"too_large\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "/api/users/me", "/api/nothing", "/nowhere", "/actuator/health" })
    void takesNoEndlessBodyThatNobodyReads(String path) throws Exception {
        try (Wire wire = new Wire()) {
            wire.says("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000000\r\n\r\n");
            wire.floods();

            assertThat(wire.hearsUntilTheEnd()).startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void endsWhenAServiceBreaksOffBeforeItHasHeardAll() throws Exception {
        try (Wire wire = new Wire()) {
            wire.says(head("POST", "/api/users/me", "X-Behave: half", "Content-Length: 200000"));
            wire.says("and then");

            assertThat(wire.hearsUntilTheEnd()).startsWith("HTTP/1.1 ");
        }
    }

    @Test
    void asksForABodyOnlyIfItWillTakeIt() throws Exception {
        try (Wire fits = new Wire(); Wire large = new Wire()) {
            fits.says(head("POST", "/api/chat/rooms", "Expect: 100-continue", "Content-Length: 3"));
            assertThat(fits.hears("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            fits.says("abc");
            assertThat(fits.hears("\r\n\r\n"))
                .contains("HTTP/1.1 200 ")
                .containsIgnoringCase("x-body-size: 3");

            large.says(head("POST", "/api/chat/rooms", "Expect: 100-continue", "Content-Length: 300000"));
            assertThat(large.hearsUntilTheEnd()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void keepsTheConnectionAfterAShortBodyThatNobodyRead() throws Exception {
        try (Wire wire = new Wire()) {
            wire.says("POST /api/users/me HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(wire.hears("\r\n\r\n")).startsWith("HTTP/1.1 401 ");
            wire.hears("}");

            wire.says(head("GET", "/api/users/me"));

            assertThat(wire.hears("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void endsHeadersThatTrickleIn() throws Exception {
        try (Wire wire = new Wire()) {
            wire.says("GET /api/config HTTP/1.1\r\nHost: x\r\nX-Slow: ");

            assertThat(wire.trickles(Duration.ofMillis(100), "a")).isLessThan(SOON);
        }
    }

    @Test
    void endsBodiesThatTrickleIn() throws Exception {
        try (Wire wire = new Wire()) {
            wire.says(head("POST", "/api/chat/rooms", "Content-Length: 200000"));

            assertThat(wire.trickles(Duration.ofMillis(100), "a")).isLessThan(SOON);
            assertThat(wire.heard()).startsWith("HTTP/1.1 408 ").contains("\"request_timeout\"");
        }
    }

    @Test
    void endsBodiesThatStopComing() throws Exception {
        try (Wire wire = new Wire()) {
            wire.says(head("POST", "/api/chat/rooms", "Content-Length: 200000"));
            wire.says("and then");

            assertThat(wire.hearsUntilTheEnd()).startsWith("HTTP/1.1 408 ").contains("\"request_timeout\"");
        }
    }

    @Test
    void answersWhatWasWellAndEndsOnGarbage() throws Exception {
        byte[] garbage = new byte[500];
        new Random(5).nextBytes(garbage);
        try (Wire wire = new Wire()) {
            wire.says(head("GET", "/api/users/me"));
            wire.says(new String(garbage, StandardCharsets.ISO_8859_1) + "\r\n\r\n");

            String answers = wire.hearsUntilTheEnd();

            assertThat(answers).startsWith("HTTP/1.1 200 ").doesNotContain("500 Internal");
        }
    }

    private static String head(String method, String path, String... headers) {
        return (
            method +
            " " +
            path +
            " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
            TOKEN +
            "\r\n" +
            (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") +
            "\r\n"
        );
    }

    /** A bare connection. */
    private final class Wire implements AutoCloseable {

        private final Socket socket;
        private final OutputStream out;
        private final InputStream in;
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

        Wire() throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout((int) SOON.toMillis());
            out = socket.getOutputStream();
            in = socket.getInputStream();
        }

        void says(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** Sends for as long as somebody takes it, at most a hundred megabytes. */
        void floods() {
            byte[] block = new byte[64 * 1024];
            int sent = 0;
            try {
                while (sent < 1_600) {
                    out.write(block);
                    sent++;
                }
            } catch (IOException e) {
                // Refused, as it should be.
            }
            assertThat(sent).as("blocks that were taken").isLessThan(1_600);
        }

        /** Sends a little again and again, until the other side has had enough; says how long that took. */
        Duration trickles(Duration pause, String little) throws IOException {
            long since = System.nanoTime();
            socket.setSoTimeout((int) pause.toMillis());
            while (System.nanoTime() - since < SOON.toNanos()) {
                try {
                    says(little);
                    int next = in.read();
                    if (next < 0) {
                        break;
                    }
                    heard.write(next);
                } catch (SocketTimeoutException e) {
                    continue;
                } catch (IOException e) {
                    break;
                }
            }
            return Duration.ofNanos(System.nanoTime() - since);
        }

        String hears(String end) throws IOException {
            String sofar = "";
            while (!sofar.endsWith(end)) {
                int next = in.read();
                assertThat(next).as("ended after %s", sofar).isNotNegative();
                sofar += (char) next;
            }
            return sofar;
        }

        String hearsUntilTheEnd() throws IOException {
            try {
                in.transferTo(heard);
            } catch (SocketException e) {
                // Reset, because it did not take all that was sent; what it had said before is here.
            }
            return heard();
        }

        String heard() {
            return heard.toString(StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
