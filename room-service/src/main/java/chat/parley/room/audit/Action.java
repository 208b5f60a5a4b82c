package chat.parley.room.audit;

import java.util.Locale;

/** What can be done to a room or a member. */
public enum Action {
    ROOM_CREATED,
    ROOM_CHANGED,
    ROOM_DELETED,
    /** By somebody else. */
    MEMBER_ADDED,
    /** By themself. */
    MEMBER_JOINED,
    MEMBER_ROLE_CHANGED,
    /** By somebody else. */
    MEMBER_REMOVED,
    /** By themself. */
    MEMBER_LEFT;

    /** As it stands in the database, for good. */
    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }
}
