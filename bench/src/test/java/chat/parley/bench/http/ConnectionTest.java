package chat.parley.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static final int CHUNKED = 0;
    private static final String LONG = "ä long answer; ".repeat(20_000);

    private HttpServer server;
    private Connection connection;

    @BeforeEach
    void aServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/plain", exchange -> answer(exchange, 200, "plain", false));
        server.createContext("/chunked", exchange -> answer(exchange, 200, LONG, true));
        server.createContext("/refused", exchange -> answer(exchange, 409, "taken", false));
        server.createContext("/busy", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "2");
            answer(exchange, 503, "later", false);
        });
        server.createContext("/empty", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/echo", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            answer(exchange, 201, authorization + " " + body, false);
        });
        server.start();
        connection = new Connection(server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange, int status, String text, boolean chunked)
        throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, chunked ? CHUNKED : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stop() throws IOException {
        connection.close();
        server.stop(0);
    }

    @Test
    void readsOneAnswerAfterTheOther() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(connection.send(Call.get("/plain", "")).text()).isEqualTo("plain");
            assertThat(connection.send(Call.get("/chunked", "")).text()).isEqualTo(LONG);
            assertThat(connection.send(Call.get("/empty", "")).status()).isEqualTo(204);
        }
    }

    @Test
    void sendsTheTokenAndTheBody() throws Exception {
        Connection.Answer answer = connection.send(Call.post("/echo", "abc", "{\"a\":\"ö\"}")).require();

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).isEqualTo("Bearer abc {\"a\":\"ö\"}");
    }

    @Test
    void countsNoRefusalAsAnAnswer() throws Exception {
        assertThatThrownBy(() -> connection.send(Call.get("/refused", "")).require())
            .isInstanceOf(IOException.class)
            .hasMessage("answered with 409: taken");
    }

    @Test
    void saysWhenToComeBack() throws Exception {
        assertThat(connection.send(Call.get("/busy", "")).pause()).contains(Duration.ofSeconds(2));
        assertThat(connection.send(Call.get("/refused", "")).pause()).isEmpty();
        assertThat(connection.send(Call.get("/plain", "")).pause()).isEmpty();
    }

    @Test
    void saysThatAServerHasHungUp() throws Exception {
        try (ServerSocket rude = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread hangUp = Thread.ofVirtual().start(() -> {
                try {
                    rude.accept().close();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            try (Connection other = new Connection(rude.getLocalPort())) {
                assertThatThrownBy(() -> other.send(Call.get("/", ""))).isInstanceOf(IOException.class);
            }
            hangUp.join();
        }
    }
}
