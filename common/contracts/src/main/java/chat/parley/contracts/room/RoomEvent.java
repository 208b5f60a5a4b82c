package chat.parley.contracts.room;

import chat.parley.contracts.Event;
import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a room or a member, told by room-service on {@link chat.parley.contracts.Topic#ROOMS}. Keys are
 * {@code room}, {@code room/user} and {@code room/user/read}; the partition is the room's.
 *
 * <p>{@code socketId} is the socket that caused it and wants no echo, if the caller named one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface RoomEvent extends Event {
    RoomId roomId();

    @Override
    default String key() {
        return roomId().toString();
    }

    @Override
    default String partitionKey() {
        return roomId().toString();
    }

    @JsonTypeName("room.created")
    record RoomCreated(EventId eventId, Instant at, RoomId roomId, RoomSnapshot room) implements RoomEvent {}

    @JsonTypeName("room.updated")
    record RoomUpdated(
        EventId eventId,
        Instant at,
        @Nullable String socketId,
        RoomId roomId,
        RoomSnapshot room
    ) implements RoomEvent {}

    /** Told before the {@link MemberRemoved} of each of its members. */
    @JsonTypeName("room.deleted")
    record RoomDeleted(EventId eventId, Instant at, @Nullable String socketId, RoomId roomId) implements
        RoomEvent {}

    @JsonTypeName("member.added")
    record MemberAdded(
        EventId eventId,
        Instant at,
        @Nullable String socketId,
        RoomId roomId,
        RoomSnapshot room,
        MemberSnapshot member
    ) implements RoomEvent {
        @Override
        public String key() {
            return memberKey(roomId, member.user().id());
        }
    }

    @JsonTypeName("member.updated")
    record MemberUpdated(
        EventId eventId,
        Instant at,
        @Nullable String socketId,
        RoomId roomId,
        MemberSnapshot member
    ) implements RoomEvent {
        @Override
        public String key() {
            return memberKey(roomId, member.user().id());
        }
    }

    @JsonTypeName("member.removed")
    record MemberRemoved(
        EventId eventId,
        Instant at,
        @Nullable String socketId,
        RoomId roomId,
        UserId userId
    ) implements RoomEvent {
        @Override
        public String key() {
            return memberKey(roomId, userId);
        }
    }

    /** A member's read marker has moved; for that user's other devices. */
    @JsonTypeName("room.read")
    record RoomRead(
        EventId eventId,
        Instant at,
        @Nullable String socketId,
        RoomId roomId,
        UserId userId,
        long lastReadSeq,
        long unreadCount
    ) implements RoomEvent {
        @Override
        public String key() {
            return memberKey(roomId, userId) + "/read";
        }
    }

    private static String memberKey(RoomId room, UserId user) {
        return room + "/" + user;
    }
}
