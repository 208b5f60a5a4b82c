package chat.parley.realtime.channels.webhook;

import chat.parley.contracts.json.WireJson;
import chat.parley.realtime.channels.app.WebhookEvent;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event as a webhook tells it.
 *
 * @param json in its place within the call's body
 */
record Told(WebhookEvent kind, String json) {
    static Told ofChannel(WebhookEvent kind, String channel) {
        return of(kind, new Event(kind.wireName(), channel, null, null, null, null, null));
    }

    static Told ofMember(WebhookEvent kind, String channel, String userId) {
        return of(kind, new Event(kind.wireName(), channel, userId, null, null, null, null));
    }

    static Told ofCount(String channel, int subscriptions) {
        WebhookEvent kind = WebhookEvent.SUBSCRIPTION_COUNT;
        return of(kind, new Event(kind.wireName(), channel, null, null, null, null, subscriptions));
    }

    /**
     * @param userId on presence channels
     */
    static Told ofClient(
        String channel,
        String event,
        String data,
        String socketId,
        @Nullable String userId
    ) {
        WebhookEvent kind = WebhookEvent.CLIENT_EVENT;
        return of(kind, new Event(kind.wireName(), channel, userId, event, data, socketId, null));
    }

    private static Told of(WebhookEvent kind, Event event) {
        return new Told(kind, WireJson.mapper().writeValueAsString(event));
    }

    int bytes() {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }

    /** @param timeMs when it is said, in milliseconds since 1970; a receiver orders calls by it */
    static String body(long timeMs, List<Told> events) {
        return (
            "{\"time_ms\":" +
            timeMs +
            ",\"events\":[" +
            String.join(",", events.stream().map(Told::json).toList()) +
            "]}"
        );
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Event(
        String name,
        String channel,
        @Nullable String userId,
        @Nullable String event,
        @Nullable String data,
        @Nullable String socketId,
        @Nullable Integer subscriptionCount
    ) {}
}
