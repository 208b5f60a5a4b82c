package chat.parley.contracts.room;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * What room-service answers to {@code GET /internal/rooms/{room_id}/members/{user_id}}, always with 200.
 *
 * @param roomType null if there is no such room
 * @param role null if the user is no member
 * @param user the user, for members only
 */
public record Membership(
    RoomId roomId,
    UserId userId,
    @Nullable RoomType roomType,
    @Nullable Role role,
    @Nullable UserSnapshot user
) {
    @JsonIgnore
    public boolean isMember() {
        return role != null;
    }

    @JsonIgnore
    public boolean isAdmin() {
        return role == Role.ADMIN;
    }
}
