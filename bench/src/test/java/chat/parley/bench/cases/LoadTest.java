package chat.parley.bench.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.bench.http.Call;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {

    private static final Duration LENGTH = Duration.ofMillis(200);
    private static final int BUSY_FOR = 3;

    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void aServerThatIsBusyAtFirst() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange ->
            answer(exchange, calls.incrementAndGet() <= BUSY_FOR ? 503 : 200)
        );
        server.createContext("/down", exchange -> {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", "0");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void comesBackWhenAskedTo() throws Exception {
        Load.Outcome outcome = calling("/").run(LENGTH);

        assertThat(outcome.refusals()).isEqualTo(BUSY_FOR);
        assertThat(outcome.sample().size()).isEqualTo(calls.get() - BUSY_FOR).isPositive();
    }

    @Test
    void endsAtAFailureThatNoWaitingHelps() {
        assertThatThrownBy(() -> calling("/down").run(LENGTH))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("500");
    }

    private Load calling(String path) {
        return new Load(server.getAddress().getPort(), List.of(() -> Call.get(path, "")));
    }
}
