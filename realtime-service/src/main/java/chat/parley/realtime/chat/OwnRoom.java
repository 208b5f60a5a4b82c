package chat.parley.realtime.chat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.MemberSnapshot;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomSnapshot;
import chat.parley.contracts.room.RoomType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A room as one of its members sees it: {@code Room} of the API. */
record OwnRoom(
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
    Role role,
    long lastSeq,
    @Nullable Instant lastMessageAt,
    long lastReadSeq,
    @Nullable Instant lastReadAt,
    long unreadCount
) {
    static OwnRoom of(RoomSnapshot room, MemberSnapshot member) {
        return new OwnRoom(
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
            member.role(),
            room.lastSeq(),
            room.lastMessageAt(),
            member.lastReadSeq(),
            member.lastReadAt(),
            Math.max(0, room.lastSeq() - member.lastReadSeq())
        );
    }
}
