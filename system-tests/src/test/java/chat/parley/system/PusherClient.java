package chat.parley.system;

import chat.parley.system.Inbox.Sighting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A pusher-js client, whose app's server signs for it. */
final class PusherClient implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(10);
    static final Pattern SOCKET_ID = Pattern.compile("\\d+\\.\\d+");

    private final NodeClients node;
    private final String name;

    PusherClient(NodeClients node, String name) {
        this.node = node;
        this.name = name;
    }

    // --- the connection

    /** Once it is connected. */
    PusherClient isConnected() {
        hears("", "connected").within(SOON);
        return this;
    }

    /** Of its latest connection. */
    String socketId() {
        return inbox()
            .all()
            .stream()
            .filter(heard -> heard.channel().isEmpty() && heard.event().equals("connected"))
            .reduce((_, latest) -> latest)
            .map(heard -> heard.data().path("socket_id").asString())
            .orElseThrow();
    }

    /** A {@code pusher:error}, or the code its connection was closed with. */
    Sighting<Heard> isTold(int code) {
        return hears("", "error", data -> data.path("code").asInt() == code);
    }

    // --- channels

    /** @param named events for which it is to be told who sent them */
    PusherClient asksFor(String channel, String... named) {
        node.call(name, "subscribe", Map.of("channel", channel, "named", List.of(named))).require();
        return this;
    }

    /** Returns once it is subscribed. */
    PusherClient subscribes(String channel, String... named) {
        asksFor(channel, named);
        hears(channel, "pusher:subscription_succeeded").within(SOON);
        return this;
    }

    /** As {@link #subscribes}, if the server will not have it. */
    JsonNode isRefused(String channel) {
        asksFor(channel);
        return hears(channel, "pusher:subscription_error").within(SOON).data();
    }

    void unsubscribes(String channel) {
        node.call(name, "unsubscribe", Map.of("channel", channel)).require();
    }

    void triggers(String channel, String event, Object data) {
        node.call(name, "trigger", Map.of("channel", channel, "event", event, "data", data)).require();
    }

    /** What the library would not do by itself. */
    void sends(String event, Map<String, ?> data) {
        node.call(name, "send", Map.of("event", event, "data", data)).require();
    }

    /** As {@link #triggers}, without asking the library whether that makes sense. */
    void sendsTo(String channel, String event, Object data) {
        node.call(name, "send", Map.of("event", event, "data", data, "channel", channel)).require();
    }

    /** Returns once it is signed in and hears what is sent to its user. */
    PusherClient signsIn() {
        node.call(name, "signin", Map.of()).require();
        hears("", "pusher:signin_success").within(SOON);
        return this;
    }

    /** As the library counts them: {@code {members, count, myID}}. */
    JsonNode membersOf(String channel) {
        return node.call(name, "members", Map.of("channel", channel)).require();
    }

    // --- noticing

    Sighting<Heard> hears(String channel, String event) {
        return hears(channel, event, _ -> true);
    }

    Sighting<Heard> hears(String channel, String event, Predicate<JsonNode> wanted) {
        return inbox().expects(
            name + " hears " + event + " on '" + channel + "'",
            heard ->
                heard.channel().equals(channel) && heard.event().equals(event) && wanted.test(heard.data())
        );
    }

    /** The data of all such events so far. */
    List<JsonNode> heard(String channel, String event) {
        return inbox()
            .all()
            .stream()
            .filter(heard -> heard.channel().equals(channel) && heard.event().equals(event))
            .map(Heard::data)
            .toList();
    }

    Inbox<Heard> inbox() {
        return node.heardBy(name);
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
