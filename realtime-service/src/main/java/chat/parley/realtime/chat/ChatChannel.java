package chat.parley.realtime.chat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The chat app's own channels. */
sealed interface ChatChannel {
    String ROOM = "private-chat.";
    String ROOM_MEMBERS = "presence-chat.";
    String USER = "private-user.";

    /** Empty if the name is none of the chat's. */
    static Optional<ChatChannel> parse(String name) {
        if (name.startsWith(ROOM)) {
            return id(name, ROOM, RoomId::of).map(OfRoom::new);
        }
        if (name.startsWith(ROOM_MEMBERS)) {
            return id(name, ROOM_MEMBERS, RoomId::of).map(OfRoomMembers::new);
        }
        return name.startsWith(USER) ? id(name, USER, UserId::of).map(OfUser::new) : Optional.empty();
    }

    private static <T> Optional<T> id(String name, String prefix, Function<String, T> reader) {
        try {
            T id = reader.apply(name.substring(prefix.length()));
            // A UUID has several spellings and a channel one: by another name nothing would end the subscription.
            return Optional.of(id).filter(known -> name.equals(prefix + known));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    /** The room whose members may subscribe; null where it is a user's own. */
    default @Nullable RoomId roomId() {
        return switch (this) {
            case OfRoom(RoomId room) -> room;
            case OfRoomMembers(RoomId room) -> room;
            case OfUser _ -> null;
        };
    }

    /** What happens in a room. */
    record OfRoom(RoomId room) implements ChatChannel {}

    /** Who has the room open. */
    record OfRoomMembers(RoomId room) implements ChatChannel {}

    /** What concerns one user, on all their devices. */
    record OfUser(UserId user) implements ChatChannel {}
}
