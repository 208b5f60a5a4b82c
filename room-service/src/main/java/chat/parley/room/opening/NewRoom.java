package chat.parley.room.opening;

import chat.parley.contracts.UserId;
import chat.parley.contracts.room.RoomType;
import chat.parley.room.Fields;
import chat.parley.room.RoomText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A room that somebody wants to open.
 *
 * @param name null only for a direct conversation
 * @param others who shall be in it beside them, without themself
 */
record NewRoom(RoomType type, @Nullable String name, @Nullable String topic, Set<UserId> others) {
    private static final int MAX_MEMBERS = 500;

    NewRoom {
        others = Set.copyOf(others);
    }

    /**
     * @throws chat.parley.service.problem.ValidationFailed if a field is not as it must be
     */
    static NewRoom of(Request request, UserId creator) {
        Fields fields = new Fields();
        RoomType type = fields.choice("type", request.type, RoomType.class);
        if (request.type == null) {
            fields.fault("type", "required", "must not be empty");
        }
        String name = type == RoomType.PRIVATE
            ? fields.optionalLine("name", request.name, RoomText.MAX_NAME)
            : fields.line("name", request.name, RoomText.MAX_NAME);
        String topic = fields.optionalLine("topic", request.topic, RoomText.MAX_TOPIC);
        Set<UserId> others = others(fields, request.memberIds, creator);
        if (type == RoomType.PRIVATE && others.size() != 1) {
            fields.fault("member_ids", "not_one_other", "must be exactly one other user");
        }
        fields.check();
        return new NewRoom(type == null ? RoomType.GROUP : type, name, topic, others);
    }

    private static Set<UserId> others(Fields fields, @Nullable List<@Nullable String> given, UserId creator) {
        Set<UserId> others = new LinkedHashSet<>();
        if (given == null) {
            return others;
        }
        if (given.size() > MAX_MEMBERS) {
            fields.fault("member_ids", "too_many", "must be at most " + MAX_MEMBERS + " users");
            return others;
        }
        given.forEach(id -> others.add(fields.user("member_ids", id)));
        others.remove(creator);
        return others;
    }

    /** What a client sends. */
    record Request(
        @Nullable String name,
        @Nullable String type,
        @Nullable String topic,
        @Nullable List<@Nullable String> memberIds
    ) {}
}
