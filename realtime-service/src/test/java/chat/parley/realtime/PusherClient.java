package chat.parley.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.json.WireJson;
import chat.parley.realtime.channels.app.App;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client of the Pusher protocol, as far as tests need one: says what it is told to, and remembers what it hears. */
final class PusherClient implements WebSocket.Listener, AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(30);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<Heard> unread = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private @Nullable String socketId;

    private PusherClient(URI address) {
        socket = HTTP.newWebSocketBuilder().buildAsync(address, this).join();
    }

    /** One whose connection is established. */
    static PusherClient connect(int port, String key) {
        PusherClient client = open(port, "/app/" + key + "?protocol=7&client=test&version=1.0");
        client.socketId = client
            .hears("pusher:connection_established")
            .data()
            .path("socket_id")
            .stringValue();
        return client;
    }

    /** One that may have asked for anything. */
    static PusherClient open(int port, String path) {
        return new PusherClient(URI.create("ws://127.0.0.1:" + port + path));
    }

    String socketId() {
        return String.valueOf(socketId);
    }

    // --- says

    void says(String frame) {
        socket.sendText(frame, true).join();
    }

    void saysBinary(byte... bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    void says(String event, @Nullable String channel, Object data) {
        var message = new HashMap<String, Object>(Map.of("event", event, "data", data));
        if (channel != null) {
            message.put("channel", channel);
        }
        says(WireJson.mapper().writeValueAsString(message));
    }

    void subscribes(String channel) {
        says("pusher:subscribe", null, Map.of("channel", channel));
    }

    void subscribes(String channel, String auth) {
        says("pusher:subscribe", null, Map.of("channel", channel, "auth", auth));
    }

    void subscribes(String channel, String auth, String channelData) {
        says("pusher:subscribe", null, Map.of("channel", channel, "auth", auth, "channel_data", channelData));
    }

    /** Signs for itself, as the app's server would. */
    void subscribesSigned(App app, String channel) {
        subscribes(channel, app.authorize(socketId() + ":" + channel));
        isSubscribedTo(channel);
    }

    Heard joinsSigned(App app, String channel, String user) {
        String data = "{\"user_id\":\"" + user + "\",\"user_info\":{\"name\":\"" + user + "\"}}";
        subscribes(channel, app.authorize(socketId() + ":" + channel + ":" + data), data);
        return isSubscribedTo(channel);
    }

    /** Signs for itself, as the app's server would. */
    void signsIn(App app, String user) {
        String data = "{\"id\":\"" + user + "\"}";
        String auth = app.authorize(socketId() + "::user::" + data);
        says("pusher:signin", null, Map.of("auth", auth, "user_data", data));
        hears("pusher:signin_success");
    }

    void unsubscribes(String channel) {
        says("pusher:unsubscribe", null, Map.of("channel", channel));
    }

    // --- hears

    Heard isSubscribedTo(String channel) {
        return hears(
            heard ->
                heard.event.equals("pusher_internal:subscription_succeeded") && channel.equals(heard.channel)
        );
    }

    Heard hears(String event) {
        return hears(heard -> heard.event.equals(event));
    }

    /** The first of what has not been read yet that is so; what came before it is read, too. */
    Heard hears(Predicate<Heard> wanted) {
        List<Heard> others = new ArrayList<>();
        long end = System.nanoTime() + SOON.toNanos();
        while (true) {
            Heard next = poll(end - System.nanoTime());
            assertThat(next).as("what was awaited; instead came %s, closed %s", others, closed).isNotNull();
            if (wanted.test(next)) {
                return next;
            }
            others.add(next);
        }
    }

    /** Everything that came until the server has answered a ping, which it does in order. */
    List<Heard> everythingSoFar() {
        says("pusher:ping", null, Map.of());
        List<Heard> all = new ArrayList<>();
        Heard next = hears(_ -> true);
        while (!next.event.equals("pusher:pong")) {
            all.add(next);
            next = hears(_ -> true);
        }
        return all;
    }

    int closeCode() {
        return closed.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    private @Nullable Heard poll(long nanos) {
        try {
            return unread.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            unread.add(Heard.of(text.toString()));
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket
            .sendClose(WebSocket.NORMAL_CLOSURE, "")
            .orTimeout(1, TimeUnit.SECONDS)
            .exceptionally(_ -> null)
            .join();
    }

    /** What the server said in one frame; the data with its inner JSON read. */
    record Heard(String event, @Nullable String channel, JsonNode data, JsonNode frame) {
        static Heard of(String text) {
            JsonNode frame = WireJson.mapper().readTree(text);
            JsonNode data = frame.path("data");
            return new Heard(
                frame.path("event").stringValue(),
                frame.path("channel").isString() ? frame.path("channel").stringValue() : null,
                data.isString() ? WireJson.mapper().readTree(data.stringValue()) : data,
                frame
            );
        }
    }
}
