package chat.parley.room.audit;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.MemberSnapshot;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has just done to a room or to one of its members.
 *
 * @param actor who did it
 * @param member to whom; null if it was done to the room as a whole
 * @param role the one that the member has since then; null where no role was given
 * @param fields which of the room's fields were changed; the values are nobody's business here
 */
public record Deed(
    UserId actor,
    Action action,
    RoomId room,
    @Nullable UserId member,
    @Nullable Role role,
    List<String> fields
) {
    public Deed {
        fields = List.copyOf(fields);
    }

    /** A room was opened, or found again, and these are in it since then. */
    public static List<Deed> opening(
        UserId actor,
        RoomSnapshot room,
        List<MemberSnapshot> added,
        boolean isNew
    ) {
        List<Deed> deeds = new ArrayList<>();
        if (isNew) {
            deeds.add(toRoom(actor, Action.ROOM_CREATED, room.id(), List.of()));
        }
        added.forEach(member -> deeds.add(admission(actor, room.id(), member)));
        return deeds;
    }

    /** Empty if the two are alike. */
    public static List<Deed> change(UserId actor, RoomSnapshot before, RoomSnapshot after) {
        List<String> fields = new ArrayList<>();
        note(fields, "name", before.name(), after.name());
        note(fields, "topic", before.topic(), after.topic());
        note(fields, "avatar", before.avatar(), after.avatar());
        note(fields, "retention_days", before.retentionDays(), after.retentionDays());
        return fields.isEmpty() ? List.of() : List.of(toRoom(actor, Action.ROOM_CHANGED, after.id(), fields));
    }

    private static void note(
        List<String> fields,
        String field,
        @Nullable Object before,
        @Nullable Object after
    ) {
        if (!Objects.equals(before, after)) {
            fields.add(field);
        }
    }

    public static Deed deletion(UserId actor, RoomId room) {
        return toRoom(actor, Action.ROOM_DELETED, room, List.of());
    }

    public static Deed admission(UserId actor, RoomId room, MemberSnapshot member) {
        UserId user = member.user().id();
        Action action = user.equals(actor) ? Action.MEMBER_JOINED : Action.MEMBER_ADDED;
        return new Deed(actor, action, room, user, member.role(), List.of());
    }

    public static Deed newRole(UserId actor, RoomId room, MemberSnapshot member) {
        return new Deed(
            actor,
            Action.MEMBER_ROLE_CHANGED,
            room,
            member.user().id(),
            member.role(),
            List.of()
        );
    }

    public static Deed departure(UserId actor, RoomId room, UserId member) {
        Action action = member.equals(actor) ? Action.MEMBER_LEFT : Action.MEMBER_REMOVED;
        return new Deed(actor, action, room, member, null, List.of());
    }

    private static Deed toRoom(UserId actor, Action action, RoomId room, List<String> fields) {
        return new Deed(actor, action, room, null, null, fields);
    }
}
