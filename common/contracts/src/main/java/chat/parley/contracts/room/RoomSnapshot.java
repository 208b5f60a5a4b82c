package chat.parley.contracts.room;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A room without anything that differs from member to member. */
public record RoomSnapshot(
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
    long lastSeq,
    @Nullable Instant lastMessageAt
) {}
