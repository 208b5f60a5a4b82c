package chat.parley.local.transfer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The calls of room- and message-service that an import makes, on what each of them promises and nothing more. */
final class FakeServices implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final Map<String, Map<String, Object>> people = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> rooms = new LinkedHashMap<>();
    final Map<String, TreeMap<Long, JsonNode>> messages = new TreeMap<>();
    final Map<String, List<String>> members = new TreeMap<>();
    final AtomicInteger calls = new AtomicInteger();
    volatile Predicate<Integer> failing = _ -> false;
    volatile Predicate<JsonNode> refused = _ -> false;

    FakeServices() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", this::answer);
        server.start();
    }

    Services client() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Services(address, address, "a-secret-of-thirty-two-bytes-0123456789", PATIENCE);
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        boolean isKnown = exchange.getRequestHeaders().getFirst("Authorization").startsWith("Bearer ey");
        Object answer;
        int status = 200;
        if (!isKnown) {
            status = 401;
            answer = Map.of();
        } else if (failing.test(calls.incrementAndGet())) {
            status = 503;
            answer = Map.of();
        } else {
            synchronized (this) {
                answer = answer(exchange.getRequestURI().getPath().split("/"), body);
            }
            if (answer instanceof Refusal) {
                status = 422;
            }
        }
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** /internal/imports/SOURCE/people, rooms, rooms/ID, rooms/ID/members, rooms/ID/messages. */
    private Object answer(String[] path, JsonNode body) {
        if (path[4].equals("people")) {
            List<Object> found = new ArrayList<>();
            body.path("people").forEach(person -> found.add(person(person)));
            return Map.of("people", found);
        }
        if (path.length == 5) {
            String id = body.path("external_id").asString();
            return rooms.computeIfAbsent(id, _ ->
                Map.of("room_id", "room-" + rooms.size(), "actor_id", "actor")
            );
        }
        TreeMap<Long, JsonNode> stored = messages.computeIfAbsent(path[5], _ -> new TreeMap<>());
        if (path.length == 6) {
            return stored.isEmpty() ? Map.of() : Map.of("position", stored.lastKey());
        }
        return path[6].equals("members") ? admit(path[5], body) : store(stored, body);
    }

    private Map<String, Object> person(JsonNode person) {
        String id = person.path("external_id").asString();
        String username = person.path("username").asString().toLowerCase(Locale.ROOT);
        return people.computeIfAbsent(id, _ ->
            Map.of("external_id", id, "user_id", "id-of-" + username, "username", username)
        );
    }

    private Object admit(String room, JsonNode body) {
        List<String> inside = members.computeIfAbsent(room, _ -> new ArrayList<>());
        body
            .path("user_ids")
            .forEach(user -> {
                if (!inside.contains(user.asString())) {
                    inside.add(user.asString());
                }
            });
        return Map.of("added", 1);
    }

    private Object store(TreeMap<Long, JsonNode> stored, JsonNode body) {
        for (JsonNode message : body.path("messages")) {
            if (refused.test(message)) {
                return new Refusal("it is refused");
            }
        }
        int count = 0;
        for (JsonNode message : body.path("messages")) {
            long position = message.path("position").asLong();
            if (stored.isEmpty() || position > stored.lastKey()) {
                stored.put(position, message);
                count++;
            }
        }
        return Map.of("position", stored.lastKey(), "stored", count);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private record Refusal(String detail) {}
}
