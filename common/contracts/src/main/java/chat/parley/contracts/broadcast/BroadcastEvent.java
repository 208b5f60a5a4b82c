package chat.parley.contracts.broadcast;

import chat.parley.contracts.Event;
import chat.parley.contracts.EventId;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What realtime nodes tell each other on {@link chat.parley.contracts.Topic#BROADCAST}, keyed by app and channel.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface BroadcastEvent extends Event {
    /**
     * An event for one channel, from a client or the HTTP API.
     *
     * @param data the event's data as the Pusher protocol carries it: a string, usually of JSON
     * @param exceptSocketId the socket that sent it, and does not hear it back
     * @param userId on presence channels, who sent it
     */
    @JsonTypeName("channel.published")
    record ChannelPublished(
        EventId eventId,
        Instant at,
        String appId,
        String channel,
        String name,
        String data,
        @Nullable String exceptSocketId,
        @Nullable String userId
    ) implements BroadcastEvent {
        @Override
        public String key() {
            return keyOf(appId, channel);
        }
    }

    /**
     * An app's server wants the connections closed that are signed in as a user. Keyed like what is sent to that user,
     * so that whatever was sent before arrives before.
     */
    @JsonTypeName("connections.terminated")
    record ConnectionsTerminated(EventId eventId, Instant at, String appId, String userId) implements
        BroadcastEvent {
        @Override
        public String key() {
            return keyOf(appId, "#server-to-user-" + userId);
        }
    }

    /** The record key of a channel: the app's id holds no slash. */
    static String keyOf(String appId, String channel) {
        return appId + "/" + channel;
    }
}
