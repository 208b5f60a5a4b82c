package chat.parley.contracts.connection;

import chat.parley.contracts.Event;
import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;

/**
 * What a realtime node tells of its sockets on {@link chat.parley.contracts.Topic#CONNECTIONS}, for
 * presence-service to draw conclusions from. Keyed by user, but for the node's own sign of life.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface ConnectionEvent extends Event {
    /** The node's id; a new one at every start of its process. */
    String nodeId();

    /** A socket is known to be this user's. */
    @JsonTypeName("connection.identified")
    record ConnectionIdentified(
        EventId eventId,
        Instant at,
        String nodeId,
        String socketId,
        UserId userId
    ) implements ConnectionEvent {
        @Override
        public String key() {
            return userId.toString();
        }
    }

    /** That socket is gone. */
    @JsonTypeName("connection.closed")
    record ConnectionClosed(
        EventId eventId,
        Instant at,
        String nodeId,
        String socketId,
        UserId userId
    ) implements ConnectionEvent {
        @Override
        public String key() {
            return userId.toString();
        }
    }

    /** The node lives, and its connections with it; told every 10 s. Silent for 30 s, it is taken for dead. */
    @JsonTypeName("node.alive")
    record NodeAlive(EventId eventId, Instant at, String nodeId) implements ConnectionEvent {
        @Override
        public String key() {
            return nodeId;
        }
    }

    /** A member whispered {@code client-typing} on a channel of the room. */
    @JsonTypeName("typing.whispered")
    record TypingWhispered(
        EventId eventId,
        Instant at,
        String nodeId,
        RoomId roomId,
        UserId userId,
        boolean typing
    ) implements ConnectionEvent {
        @Override
        public String key() {
            return userId.toString();
        }
    }
}
