package chat.parley.room;

import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomSnapshot;
import chat.parley.contracts.room.RoomType;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is in a room, and so may do there.
 *
 * @param role null if they are no member
 */
public record Standing(RoomSnapshot room, @Nullable Role role) {
    public boolean isMember() {
        return role != null;
    }

    public boolean isAdmin() {
        return role == Role.ADMIN;
    }

    public boolean isDirect() {
        return room.type() == RoomType.PRIVATE;
    }

    /**
     * @throws RoomFailure.NoSuchRoom to whom the room is hidden
     */
    public Standing requireVisible() {
        if (!isMember() && room.type() != RoomType.PUBLIC) {
            throw new RoomFailure.NoSuchRoom();
        }
        return this;
    }

    /**
     * @throws RoomFailure.NoSuchRoom to whom the room is hidden
     * @throws RoomFailure.NotAMember who has not joined the public room
     */
    public Standing requireMember() {
        requireVisible();
        if (!isMember()) {
            throw new RoomFailure.NotAMember();
        }
        return this;
    }

    /**
     * @throws RoomFailure.NoSuchRoom to whom the room is hidden
     * @throws RoomFailure.NotAMember who has not joined the public room
     * @throws RoomFailure.NotAnAdmin who is a plain member
     */
    public Standing requireAdmin() {
        requireMember();
        if (!isAdmin()) {
            throw new RoomFailure.NotAnAdmin();
        }
        return this;
    }
}
