package chat.parley.system;

import chat.parley.system.Inbox.Sighting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A page with Laravel Echo, of somebody who is signed in at the chat. */
final class EchoClient implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final NodeClients node;
    private final String name;

    EchoClient(NodeClients node, String name) {
        this.node = node;
        this.name = name;
    }

    /** Once it is connected. */
    EchoClient isConnected() {
        hears("", "connected").within(SOON);
        return this;
    }

    /** {@code Echo.private(channel).listen(event)}; returns once it is subscribed. */
    EchoClient listens(String channel, String... events) {
        int before = heard(channel, "subscribed").size();
        asks("private", channel, Map.of("events", List.of(events)));
        awaitAnother(channel, "subscribed", before);
        return this;
    }

    /** {@code Echo.private(channel).listenForWhisper(event)}. */
    EchoClient listensForWhispers(String channel, String... events) {
        asks("private", channel, Map.of("whispers", List.of(events)));
        return this;
    }

    /** {@code Echo.private(channel).notification()}. */
    EchoClient listensForNotifications(String channel) {
        asks("private", channel, Map.of("notification", true));
        return this;
    }

    /** {@code Echo.join(channel).here().joining().leaving()}; who is there. */
    JsonNode joins(String channel) {
        asks("join", channel, Map.of());
        return hears(channel, "here").within(SOON).data();
    }

    /** What {@code Echo.private(channel).error()} is told. */
    JsonNode isRefused(String channel) {
        int before = heard(channel, "error").size();
        asks("private", channel, Map.of());
        return awaitAnother(channel, "error", before);
    }

    private JsonNode awaitAnother(String channel, String event, int before) {
        hears(channel, event, _ -> heard(channel, event).size() > before).within(SOON);
        return heard(channel, event).getLast();
    }

    private void asks(String kind, String channel, Map<String, ?> what) {
        Map<String, Object> wish = new HashMap<>(what);
        wish.put("kind", kind);
        wish.put("channel", channel);
        node.call(name, "listen", wish).require();
    }

    /** {@code Echo.private(channel).whisper(event, data)}. */
    void whispers(String channel, String event, Map<String, ?> data) {
        node
            .call(
                name,
                "whisper",
                Map.of("kind", "private", "channel", channel, "event", event, "data", data)
            )
            .require();
    }

    /** {@code Echo.leave(channel)}. */
    void leaves(String channel) {
        node.call(name, "leave", Map.of("channel", channel)).require();
    }

    /** {@code Echo.connector.signin()}; returns once that is done, with what the server knows of the user. */
    JsonNode signsIn() {
        node.call(name, "signin", Map.of()).require();
        return hears("", "pusher:signin_success").within(SOON).data();
    }

    /** By the page's axios, which Echo has add {@code X-Socket-Id}. */
    JsonNode posts(String path, Map<String, ?> body) {
        return node.call(name, "post", Map.of("path", path, "body", body)).require().path("data");
    }

    Sighting<Heard> hears(String channel, String event) {
        return hears(channel, event, _ -> true);
    }

    Sighting<Heard> hears(String channel, String event, Predicate<JsonNode> wanted) {
        return node
            .heardBy(name)
            .expects(
                name + " hears " + event + " on " + channel,
                heard ->
                    heard.channel().equals(channel) &&
                    heard.event().equals(event) &&
                    wanted.test(heard.data())
            );
    }

    /** The data of all such events so far. */
    List<JsonNode> heard(String channel, String event) {
        return node
            .heardBy(name)
            .all()
            .stream()
            .filter(heard -> heard.channel().equals(channel) && heard.event().equals(event))
            .map(Heard::data)
            .toList();
    }

    @Override
    public void close() {
        node.call(name, "close", Map.of()).require();
    }

    @Override
    public String toString() {
        return name;
    }
}
