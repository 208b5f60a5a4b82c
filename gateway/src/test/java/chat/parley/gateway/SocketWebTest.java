package chat.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

@GatewayTest
@TestPropertySource(properties = "parley.gateway.connections.read-timeout=1s")
class SocketWebTest {

    private static final int SECONDS = 20;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(ints = { 1, 65_536, 65_537, 65_538, 300_001 })
    void passesFramesOfAnySizeThatTheServiceTakes(int size) throws Exception {
        Ears ears = new Ears();
        WebSocket socket = open(ears);
        String text = "ü".repeat(size / 2) + "x".repeat(size % 2);

        socket.sendText(text, true).get(SECONDS, TimeUnit.SECONDS);

        assertThat(ears.texts.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(text);
        socket.abort();
    }

    @Test
    void keepsTheOrderOfManyFrames() throws Exception {
        Ears ears = new Ears();
        WebSocket socket = open(ears);

        for (int i = 0; i < 500; i++) {
            socket.sendText("frame " + i, true).get(SECONDS, TimeUnit.SECONDS);
        }

        for (int i = 0; i < 500; i++) {
            assertThat(ears.texts.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("frame " + i);
        }
        socket.abort();
    }

    @ParameterizedTest
    @ValueSource(ints = { 1000, 1001, 1009, 4001, 4100, 4200, 4201 })
    void passesTheServicesCloseCodes(int code) throws Exception {
        Ears ears = new Ears();
        WebSocket socket = open(ears);

        socket.sendText("close " + code, true).get(SECONDS, TimeUnit.SECONDS);

        assertThat(ears.closed.get(SECONDS, TimeUnit.SECONDS)).isEqualTo(code + " as told");
    }

    @Test
    void leavesItToTheServiceToRefuseAFrame() throws Exception {
        Ears ears = new Ears();
        WebSocket socket = open(ears);

        socket.sendText("x".repeat(Upstream.LARGEST_FRAME + 1), true);

        assertThat(ears.ended.get(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(ears.texts).isEmpty();
    }

    @Test
    void answersPings() throws Exception {
        Ears ears = new Ears();
        WebSocket socket = open(ears);

        socket.sendPing(ByteBuffer.wrap(new byte[] { 1, 2, 3 })).get(SECONDS, TimeUnit.SECONDS);

        assertThat(ears.pongs.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(3);
        socket.abort();
    }

    @Test
    void endsConnectionsThatSayNothingAndNoSockets() throws Exception {
        Ears ears = new Ears();
        WebSocket socket = open(ears);

        try (Socket silent = new Socket("127.0.0.1", port); Socket halting = new Socket("127.0.0.1", port)) {
            halting.getOutputStream().write("GET /api/conf".getBytes(StandardCharsets.US_ASCII));
            silent.setSoTimeout(SECONDS * 1_000);
            halting.setSoTimeout(SECONDS * 1_000);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(halting.getInputStream().read()).isEqualTo(-1);
        }

        socket.sendText("still here", true).get(SECONDS, TimeUnit.SECONDS);
        assertThat(ears.texts.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("still here");
        socket.abort();
    }

    private WebSocket open(Ears ears) throws Exception {
        WebSocket socket = HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/app/parley-key?protocol=7&client=js"), ears)
            .get(SECONDS, TimeUnit.SECONDS);
        assertThat(ears.texts.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(Upstream.GREETING);
        return socket;
    }

    /** Keeps what comes out of a socket. */
    private static final class Ears implements WebSocket.Listener {

        final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        final BlockingQueue<Integer> pongs = new LinkedBlockingQueue<>();
        final CompletableFuture<String> closed = new CompletableFuture<>();
        final CompletableFuture<Boolean> ended = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                texts.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            pongs.add(message.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code + " " + reason);
            ended.complete(true);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
            ended.complete(true);
        }
    }
}
