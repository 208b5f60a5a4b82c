package chat.parley.gateway;

import static chat.parley.gateway.Caller.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.testing.rooms.FakeRooms;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.TestServers;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A gateway that is told to stop while people use it. */
class DrainJourneyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FakeRooms rooms = FakeRooms.start();
    private final Upstream upstream = Upstream.called("all");
    private ConfigurableApplicationContext gateway;
    private int port;

    @BeforeEach
    void starts() {
        Map<String, Object> settings = new HashMap<>(TestServers.environment(Server.REDIS));
        settings.put("PARLEY_PORT", "0");
        settings.put("PARLEY_MANAGEMENT_PORT", "0");
        settings.put("PARLEY_ROOM_URL", upstream.url());
        settings.put("PARLEY_REALTIME_URL", upstream.url());
        settings.put("PARLEY_JWKS_URI", rooms.url() + "/api/auth/jwks.json");
        settings.put("PARLEY_SERVICE_SECRET", "test-service-secret-0123456789abcdefghijklmnop");
        gateway = new SpringApplicationBuilder(GatewayApplication.class)
            .profiles("test")
            .properties(settings)
            .run();
        port = gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @AfterEach
    void stops() {
        gateway.close();
        upstream.stop();
        rooms.stop();
    }

    @Test
    void sendsSocketsElsewhereAndFinishesWhatItHasBegun() throws Exception {
        List<CompletableFuture<Integer>> closed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            closed.add(openSocket());
        }
        String testCase = UUID.randomUUID().toString();
        CompletableFuture<HttpResponse<String>> slow = HttpClient.newHttpClient().sendAsync(
            Caller.signedIn(port).request("/api/users/me", "X-Behave", "slow", "X-Case", testCase).build(),
            BodyHandlers.ofString()
        );
        Awaitility.await().until(() -> Upstream.attempts(testCase) == 1);

        gateway.close();

        for (CompletableFuture<Integer> code : closed) {
            assertThat(code.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(4200);
        }
        HttpResponse<String> answer = slow.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "X-Upstream")).isEqualTo("all");
        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(IOException.class);
    }

    private CompletableFuture<Integer> openSocket() throws Exception {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        CompletableFuture<String> greeting = new CompletableFuture<>();
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:" + port + "/app/parley-key?protocol=7"),
                new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        greeting.complete(text.toString());
                        socket.request(1);
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                        code.complete(status);
                        return null;
                    }

                    @Override
                    public void onError(WebSocket socket, Throwable error) {
                        code.completeExceptionally(error);
                    }
                }
            );
        assertThat(greeting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Upstream.GREETING);
        return code;
    }
}
