package chat.parley.realtime.channels.protocol;

import chat.parley.contracts.json.WireJson;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.util.RawValue;

/** What the server says, as frames ready to be written. {@code data} always goes out as a text of JSON. */
public final class ServerMessages {

    private static final ByteBuf PONG = frame(new Envelope("pusher:pong", null, "{}", null));
    private static final ByteBuf PING = frame(new Envelope("pusher:ping", null, "{}", null));

    private ServerMessages() {}

    /**
     * An event of a channel.
     *
     * @param data any text; usually JSON
     * @param userId who sent it, on presence channels
     */
    public static ByteBuf event(String channel, String event, String data, @Nullable String userId) {
        return frame(new Envelope(event, channel, data, userId));
    }

    public static ByteBuf established(String socketId, Duration activityTimeout) {
        var data = Map.of("socket_id", socketId, "activity_timeout", activityTimeout.toSeconds());
        return frame(new Envelope("pusher:connection_established", null, json(data), null));
    }

    public static ByteBuf pong() {
        return PONG.retainedDuplicate();
    }

    public static ByteBuf ping() {
        return PING.retainedDuplicate();
    }

    /**
     * Something the client did wrong; the connection stays.
     *
     * @param code one of the protocol's, or null
     */
    public static ByteBuf error(@Nullable Integer code, String message) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("code", code);
        data.put("message", message);
        // The one event whose data is an object: pusher-js reads the code of a refused connection from there.
        return WebSocketFrames.text(
            WireJson.mapper().writeValueAsBytes(Map.of("event", "pusher:error", "data", data))
        );
    }

    public static ByteBuf subscribed(String channel) {
        return internal(channel, "subscription_succeeded", "{}");
    }

    /** @param members of the channel, by user id, each with the JSON of its info, or null */
    public static ByteBuf subscribed(String channel, Map<String, @Nullable String> members) {
        var hash = new LinkedHashMap<String, @Nullable RawValue>();
        members.forEach((user, info) -> hash.put(user, info == null ? null : new RawValue(info)));
        Collection<String> ids = members.keySet();
        var presence = Map.of("presence", Map.of("ids", ids, "hash", hash, "count", ids.size()));
        return internal(channel, "subscription_succeeded", json(presence));
    }

    /** A cache channel holds nothing. */
    public static ByteBuf cacheMiss(String channel) {
        return event(channel, "pusher:cache_miss", "{}", null);
    }

    public static ByteBuf refused(String channel, Refusal refusal) {
        var data = Map.of("type", refusal.type(), "error", refusal.sentence(), "status", refusal.status());
        return event(channel, "pusher:subscription_error", json(data), null);
    }

    public static ByteBuf memberAdded(String channel, String userId, @Nullable String info) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("user_id", userId);
        if (info != null) {
            data.put("user_info", new RawValue(info));
        }
        return internal(channel, "member_added", json(data));
    }

    public static ByteBuf memberRemoved(String channel, String userId) {
        return internal(channel, "member_removed", json(Map.of("user_id", userId)));
    }

    /** @param subscriptions of the channel over all nodes */
    public static ByteBuf subscriptionCount(String channel, int subscriptions) {
        return internal(channel, "subscription_count", json(Map.of("subscription_count", subscriptions)));
    }

    /** Which of those whom a user watches are signed in, and which are not. */
    public static ByteBuf watchlist(Collection<String> online, Collection<String> offline) {
        var events = Stream.of(Map.entry("online", online), Map.entry("offline", offline))
            .filter(event -> !event.getValue().isEmpty())
            .map(event -> Map.of("name", event.getKey(), "user_ids", event.getValue()))
            .toList();
        String data = json(Map.of("events", events));
        return frame(new Envelope("pusher_internal:watchlist_events", null, data, null));
    }

    public static ByteBuf signedIn(String userData) {
        return frame(new Envelope("pusher:signin_success", null, json(Map.of("user_data", userData)), null));
    }

    private static ByteBuf internal(String channel, String event, String data) {
        return event(channel, "pusher_internal:" + event, data, null);
    }

    private static ByteBuf frame(Envelope envelope) {
        return WebSocketFrames.text(WireJson.mapper().writeValueAsBytes(envelope));
    }

    private static String json(Object value) {
        return WireJson.mapper().writeValueAsString(value);
    }

    /** The text of a value that a client sent as JSON, or null where it sent none. */
    public static @Nullable String textOf(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? null : value.toString();
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Envelope(String event, @Nullable String channel, String data, @Nullable String userId) {}
}
