package chat.parley.room;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.MemberSnapshot;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomSnapshot;
import chat.parley.contracts.room.RoomType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code Room} of the API: a room as one user sees it.
 *
 * @param role null for a visitor of a public room, who misses nothing
 */
public record RoomView(
    RoomId id,
    @Nullable String name,
    RoomType type,
    @Nullable String topic,
    @Nullable String avatar,
    @Nullable Integer retentionDays,
    @Nullable UserId createdBy,
    Instant createdAt,
    Instant updatedAt,
    int memberCount,
    @Nullable Role role,
    long lastSeq,
    @Nullable Instant lastMessageAt,
    long lastReadSeq,
    @Nullable Instant lastReadAt,
    long unreadCount
) {
    /** What {@link #read} reads, from aliases {@code r} and {@code m}. */
    public static final String COLUMNS =
        Rooms.COLUMNS +
        ", m.role AS m_role, m.last_read_seq AS m_last_read_seq, m.last_read_at AS m_last_read_at";

    public static RoomView read(Readable row) {
        RoomSnapshot room = Rooms.snapshotOf(row);
        Role role = Rooms.roleOf(row);
        return role == null
            ? visited(room)
            : of(room, role, Rows.number(row, "m_last_read_seq"), row.get("m_last_read_at", Instant.class));
    }

    public static RoomView of(RoomSnapshot room, MemberSnapshot member) {
        return of(room, member.role(), member.lastReadSeq(), member.lastReadAt());
    }

    /** As somebody sees it who could join it: what has been said so far would count as read then, and does now. */
    public static RoomView visited(RoomSnapshot room) {
        return of(room, null, room.lastSeq(), null);
    }

    private static RoomView of(
        RoomSnapshot room,
        @Nullable Role role,
        long lastReadSeq,
        @Nullable Instant lastReadAt
    ) {
        return new RoomView(
            room.id(),
            room.name(),
            room.type(),
            room.topic(),
            room.avatar(),
            room.retentionDays(),
            room.createdBy(),
            room.createdAt(),
            room.updatedAt(),
            room.memberCount(),
            role,
            room.lastSeq(),
            room.lastMessageAt(),
            lastReadSeq,
            lastReadAt,
            Math.max(0, room.lastSeq() - lastReadSeq)
        );
    }
}
