package chat.parley.contracts.presence;

import chat.parley.contracts.Event;
import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;

/**
 * Who is online and who types, told by presence-service on {@link chat.parley.contracts.Topic#PRESENCE}. Typing is
 * keyed by room, online and offline by user.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface PresenceEvent extends Event {
    @JsonTypeName("typing.started")
    record TypingStarted(EventId eventId, Instant at, RoomId roomId, UserId userId) implements PresenceEvent {
        @Override
        public String key() {
            return roomId.toString();
        }
    }

    @JsonTypeName("typing.stopped")
    record TypingStopped(EventId eventId, Instant at, RoomId roomId, UserId userId) implements PresenceEvent {
        @Override
        public String key() {
            return roomId.toString();
        }
    }

    /**
     * @param roomIds the rooms whose members are to hear of it
     */
    @JsonTypeName("user.online")
    record UserOnline(EventId eventId, Instant at, UserId userId, List<RoomId> roomIds) implements
        PresenceEvent {
        public UserOnline {
            roomIds = List.copyOf(roomIds);
        }

        @Override
        public String key() {
            return userId.toString();
        }
    }

    /**
     * @param roomIds the rooms whose members are to hear of it
     */
    @JsonTypeName("user.offline")
    record UserOffline(
        EventId eventId,
        Instant at,
        UserId userId,
        Instant lastSeenAt,
        List<RoomId> roomIds
    ) implements PresenceEvent {
        public UserOffline {
            roomIds = List.copyOf(roomIds);
        }

        @Override
        public String key() {
            return userId.toString();
        }
    }
}
