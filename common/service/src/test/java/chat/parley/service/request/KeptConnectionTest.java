package chat.parley.service.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Our services answer some requests at once and others when a database has answered, over the same connections. A
 * version of Reactor Netty stopped reading a connection after a while of that: the next request was never answered
 * (reactor-netty#4361).
 */
class KeptConnectionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int REQUESTS = 5_000;

    private DisposableServer server;

    @BeforeEach
    void start() {
        server = HttpServer.create().port(0).handle(KeptConnectionTest::answer).bindNow();
    }

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        response.header("Content-Length", "1");
        return request.uri().equals("/later")
            ? response.sendString(Mono.just("x").publishOn(Schedulers.parallel()))
            : response.status(400).sendString(Mono.just("y"));
    }

    @Test
    void answersEachRequestOfAConnection() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int answered = 0;
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            while (answered < REQUESTS && isAnswered(socket, random.nextBoolean() ? "/later" : "/now")) {
                answered++;
            }
        }

        assertThat(answered).as("with seed %s", seed).isEqualTo(REQUESTS);
    }

    private static boolean isAnswered(Socket socket, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: here\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        try {
            readToTheEnd(socket.getInputStream());
            return true;
        } catch (SocketTimeoutException unanswered) {
            return false;
        }
    }

    /** The head, and the one byte that follows it. */
    private static void readToTheEnd(InputStream in) throws IOException {
        int lineBreaks = 0;
        while (lineBreaks < 2) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("closed");
            }
            if (next == '\n') {
                lineBreaks++;
            } else if (next != '\r') {
                lineBreaks = 0;
            }
        }
        assertThat(in.read()).isPositive();
    }
}
