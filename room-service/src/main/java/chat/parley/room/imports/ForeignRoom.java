package chat.parley.room.imports;

import chat.parley.contracts.UserId;
import chat.parley.contracts.room.RoomType;
import chat.parley.room.Fields;
import chat.parley.room.RoomText;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A room of another chat.
 *
 * @param externalId what it is there
 * @param name kept as far as a name here can be so
 * @param actor the username of whoever answers for the import
 * @param admins who governs it; nobody means the actor
 */
record ForeignRoom(
    String externalId,
    RoomType type,
    String name,
    @Nullable String topic,
    @Nullable Instant createdAt,
    String actor,
    Set<UserId> admins
) {
    private static final int MAX_ADMINS = 100;

    ForeignRoom {
        admins = Set.copyOf(admins);
    }

    /**
     * @throws chat.parley.service.problem.ValidationFailed if a field is not as it must be
     */
    static ForeignRoom of(Request request) {
        Fields fields = new Fields();
        String externalId = fields.line("external_id", request.externalId, ForeignId.LONGEST);
        RoomType type = fields.choice("type", request.type == null ? "public" : request.type, RoomType.class);
        String actor = fields.line("actor", request.actor, ForeignId.LONGEST);
        Set<UserId> admins = new LinkedHashSet<>(request.adminIds == null ? List.of() : request.adminIds);
        if (admins.size() > MAX_ADMINS) {
            fields.fault("admin_ids", "too_many", "must be at most " + MAX_ADMINS + " users");
        }
        if (type == RoomType.PRIVATE && admins.size() != 2) {
            fields.fault("admin_ids", "not_two", "must be the two of the conversation");
        }
        fields.check();
        String name = Fields.salvaged(request.name, RoomText.MAX_NAME);
        return new ForeignRoom(
            externalId,
            type == null ? RoomType.PUBLIC : type,
            name == null ? externalId.substring(0, Math.min(externalId.length(), RoomText.MAX_NAME)) : name,
            Fields.salvaged(request.topic, RoomText.MAX_TOPIC),
            request.createdAt,
            actor,
            admins
        );
    }

    /** What the importer sends. */
    record Request(
        @Nullable String externalId,
        @Nullable String type,
        @Nullable String name,
        @Nullable String topic,
        @Nullable Instant createdAt,
        @Nullable String actor,
        @Nullable List<UserId> adminIds
    ) {}
}
