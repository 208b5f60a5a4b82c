package chat.parley.room.governing;

import chat.parley.contracts.room.RoomSnapshot;
import chat.parley.contracts.room.RoomType;
import chat.parley.room.Fields;
import chat.parley.room.Given;
import chat.parley.room.RoomText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an admin wants to be otherwise about a room. Null is left as it is.
 */
record RoomChanges(
    @Nullable Given<String> name,
    @Nullable Given<String> topic,
    @Nullable Given<String> avatar,
    @Nullable Given<Integer> retentionDays
) {
    private static final int MAX_RETENTION_DAYS = 36_500;

    /**
     * The room as it shall be; the same as before, times included, if nothing changes.
     *
     * @throws chat.parley.service.problem.ValidationFailed if a field is not as it must be
     */
    RoomSnapshot applyTo(RoomSnapshot room, Instant now) {
        Fields fields = new Fields();
        String newName = name == null ? room.name() : name(fields, room.type());
        String newTopic = topic == null
            ? room.topic()
            : fields.optionalLine("topic", topic.value(), RoomText.MAX_TOPIC);
        String newAvatar = avatar == null ? room.avatar() : fields.picture("avatar", avatar.value());
        Integer newRetention = retentionDays == null ? room.retentionDays() : retention(fields);
        fields.check();
        RoomSnapshot changed = with(room, newName, newTopic, newAvatar, newRetention, room.updatedAt());
        return changed.equals(room) ? room : with(room, newName, newTopic, newAvatar, newRetention, now);
    }

    private @Nullable String name(Fields fields, RoomType type) {
        String given = name == null ? null : name.value();
        return type == RoomType.PRIVATE
            ? fields.optionalLine("name", given, RoomText.MAX_NAME)
            : fields.line("name", given, RoomText.MAX_NAME);
    }

    private @Nullable Integer retention(Fields fields) {
        Integer days = retentionDays == null ? null : retentionDays.value();
        if (days != null && (days < 1 || days > MAX_RETENTION_DAYS)) {
            fields.fault(
                "retention_days",
                "out_of_range",
                "must be 1 to " + MAX_RETENTION_DAYS + ", or null"
            );
        }
        return days;
    }

    private static RoomSnapshot with(
        RoomSnapshot room,
        @Nullable String name,
        @Nullable String topic,
        @Nullable String avatar,
        @Nullable Integer retentionDays,
        Instant updatedAt
    ) {
        return new RoomSnapshot(
            room.id(),
            name,
            room.type(),
            topic,
            avatar,
            retentionDays,
            room.createdBy(),
            room.createdAt(),
            updatedAt,
            room.memberCount(),
            room.lastSeq(),
            room.lastMessageAt()
        );
    }
}
