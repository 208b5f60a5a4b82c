package chat.parley.system;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A connection that speaks the Pusher protocol by hand, so that a test sees each frame. */
final class PusherSocket implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Inbox<Frame> frames = new Inbox<>();
    private final Inbox<Integer> closings = new Inbox<>();
    private final WebSocket socket;
    private final String id;

    private PusherSocket(URI app, Address address) {
        this.socket = CLIENT.newWebSocketBuilder()
            .connectTimeout(PATIENCE)
            .header("X-Forwarded-For", address.value())
            .buildAsync(app, new Listener())
            .join();
        this.id = frames
            .expects("a greeting", frame -> frame.event().equals("pusher:connection_established"))
            .within(PATIENCE)
            .data()
            .path("socket_id")
            .asString();
    }

    /** A connection to the chat's app. */
    static PusherSocket open(URI url, Address address) {
        return new PusherSocket(
            URI.create("ws://" + url.getAuthority() + "/app/parley-key?protocol=7&client=java&version=1.0.0"),
            address
        );
    }

    /** Connects to where no socket is granted; the code that says why. */
    static int refusalOf(URI address) {
        Inbox<Integer> closings = new Inbox<>();
        CLIENT.newWebSocketBuilder()
            .connectTimeout(PATIENCE)
            .buildAsync(
                address,
                new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                        closings.add(code);
                        return null;
                    }
                }
            )
            .join();
        return closings.expects("a refusal at " + address, _ -> true).within(PATIENCE);
    }

    String id() {
        return id;
    }

    Inbox<Frame> frames() {
        return frames;
    }

    /** The codes it was closed with: at most one. */
    Inbox<Integer> closings() {
        return closings;
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    void send(String event, Map<String, ?> data) {
        send(Api.JSON.writeValueAsString(Map.of("event", event, "data", data)));
    }

    /** A client event, for the other subscribers of the channel. */
    void whisper(String channel, String event, Map<String, ?> data) {
        send(Api.JSON.writeValueAsString(Map.of("event", event, "channel", channel, "data", data)));
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                frames.add(Frame.of(parts.toString()));
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closings.add(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closings.add(1006);
        }
    }
}
