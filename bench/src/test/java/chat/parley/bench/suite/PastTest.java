package chat.parley.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.bench.suite.Past.Said;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PastTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<JsonNode> calls = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            paths.add(exchange.getRequestURI().getPath());
            calls.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void bringsAllOfItInOrderSomeAtATime() throws Exception {
        Person actor = new Person("actor", "anna", "token");
        var said = IntStream.range(0, 600).mapToObj(i -> new Said("user", NOW.plusSeconds(i), "m" + i));

        new Past(server.getAddress().getPort()).of("room", actor, said.iterator());

        assertThat(paths).hasSize(3).containsOnly("/internal/imports/bench/rooms/room/messages");
        List<JsonNode> messages = new ArrayList<>();
        calls.forEach(call -> call.get("messages").forEach(messages::add));
        assertThat(messages).hasSize(600);
        assertThat(messages.get(599).get("position").asInt()).isEqualTo(599);
        assertThat(messages.get(599).get("content").asString()).isEqualTo("m599");
        assertThat(calls.getLast().get("actor_id").asString()).isEqualTo("actor");
    }

    @Test
    void isKnownByATokenThatEndsSoon() {
        String[] parts = Past.token(NOW).split("\\.", -1);

        assertThat(parts).hasSize(3);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        assertThat(JSON.readTree(claims).get("aud").asString()).isEqualTo("parley-internal");
        assertThat(JSON.readTree(claims).get("exp").asLong()).isBetween(
            NOW.getEpochSecond() + 1,
            NOW.getEpochSecond() + 60
        );
    }
}
