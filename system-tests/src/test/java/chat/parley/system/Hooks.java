package chat.parley.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** Where an app's webhooks arrive; each is checked by Pusher's library before it counts. */
final class Hooks implements AutoCloseable {

    private final Stage stage;
    private final TestedApp app;
    private final HttpServer server;
    private final AtomicInteger refusals = new AtomicInteger();
    private final Inbox<JsonNode> events = new Inbox<>();
    private final Inbox<String> invalid = new Inbox<>();

    private Hooks(Stage stage, TestedApp app) {
        this.stage = stage;
        this.app = app;
        URI address = stage.parley().webhooks();
        try {
            server = HttpServer.create(new InetSocketAddress(address.getHost(), address.getPort()), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(address.getPath(), this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    static Hooks of(TestedApp app, Stage stage) {
        return new Hooks(stage, app);
    }

    /** Answers the next ones with 500, which leaves them to be sent again. */
    void refuses(int times) {
        refusals.set(times);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        if (!refused) {
            check(headersOf(exchange), body);
        }
        exchange.sendResponseHeaders(refused ? 500 : 200, -1);
        exchange.close();
    }

    private static Map<String, String> headersOf(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        exchange
            .getRequestHeaders()
            .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return headers;
    }

    private void check(Map<String, String> headers, String body) {
        JsonNode hook = stage
            .node()
            .call(
                "hooks",
                "webhook",
                Map.of("url", stage.url().toString(), "app", app, "headers", headers, "body", body)
            )
            .require();
        if (!hook.path("valid").asBoolean()) {
            invalid.add(headers + " " + body);
        }
        hook.path("events").forEach(events::add);
    }

    /** What is told of a channel. */
    Inbox.Sighting<JsonNode> tell(String name, String channel) {
        return events.expects(name + " of " + channel, event -> is(event, name, channel));
    }

    /** All that has been told of it so far. */
    List<JsonNode> told(String name, String channel) {
        return events
            .all()
            .stream()
            .filter(event -> is(event, name, channel))
            .toList();
    }

    private static boolean is(JsonNode event, String name, String channel) {
        return event.path("name").asString().equals(name) && event.path("channel").asString().equals(channel);
    }

    /** Those whose signature or form is not right. */
    List<String> invalid() {
        return invalid.all();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
