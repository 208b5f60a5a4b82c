package chat.parley.realtime;

import chat.parley.contracts.json.WireJson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** An app's server that webhooks call: some of its addresses take every call, others not, or not at once. */
final class HookServer {

    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> failing = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

    HookServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Answers so many calls of the address with 500. */
    void fails(String path, int times) {
        failing.put(path, new AtomicInteger(times));
    }

    /** Answers no call of the address until it is let go. */
    CountDownLatch holds(String path) {
        CountDownLatch latch = new CountDownLatch(1);
        held.put(path, latch);
        return latch;
    }

    List<Call> calls(String path) {
        return calls
            .stream()
            .filter(call -> call.path.equals(path))
            .toList();
    }

    /** What calls of the address that were answered with 200 have said of the channel, in the order of their coming. */
    List<JsonNode> told(String path, String channel) {
        return calls(path)
            .stream()
            .filter(call -> call.status == 200)
            .flatMap(call -> StreamSupport.stream(call.json().path("events").spliterator(), false))
            .filter(event -> event.path("channel").stringValue("").equals(channel))
            .toList();
    }

    List<String> namesTold(String path, String channel) {
        return told(path, channel)
            .stream()
            .map(event -> event.path("name").stringValue())
            .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        AtomicInteger left = failing.getOrDefault(path, new AtomicInteger());
        int status = left.getAndUpdate(n -> Math.max(0, n - 1)) > 0 ? 500 : 200;
        var headers = exchange.getRequestHeaders();
        calls.add(
            new Call(
                path,
                body,
                String.valueOf(headers.getFirst("X-Pusher-Key")),
                String.valueOf(headers.getFirst("X-Pusher-Signature")),
                String.valueOf(headers.getFirst("Content-Type")),
                String.valueOf(headers.getFirst("X-Ours")),
                status
            )
        );
        waitIfHeld(path);
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void waitIfHeld(String path) {
        try {
            CountDownLatch latch = held.get(path);
            if (latch != null) {
                latch.await(PusherClient.SOON.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        held.values().forEach(CountDownLatch::countDown);
        server.stop(0);
    }

    /** One call, and how it was answered. */
    record Call(
        String path,
        String body,
        String key,
        String signature,
        String contentType,
        String ours,
        int status
    ) {
        JsonNode json() {
            return WireJson.mapper().readTree(body);
        }
    }
}
