package chat.parley.realtime.channels.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a webhook can tell of, by the names of Pusher's webhooks. */
public enum WebhookEvent {
    /** A channel has its first subscription over all nodes. */
    CHANNEL_OCCUPIED,
    /** A channel has lost its last subscription. */
    CHANNEL_VACATED,
    /** A user has their first connection in a presence channel. */
    MEMBER_ADDED,
    /** A user has none left there. */
    MEMBER_REMOVED,
    /** A client has sent an event of its own. */
    CLIENT_EVENT,
    /** Somebody subscribed to a cache channel that holds nothing. */
    CACHE_MISS,
    /** How many subscriptions a channel has now. */
    SUBSCRIPTION_COUNT;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    public static Optional<WebhookEvent> named(String wireName) {
        return Arrays.stream(values())
            .filter(event -> event.wireName.equals(wireName))
            .findFirst();
    }
}
