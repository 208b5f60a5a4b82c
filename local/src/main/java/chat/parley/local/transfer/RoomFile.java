package chat.parley.local.transfer;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A room as {@link JsonLines} reads it: first the room, each person before their first message, and the messages, a
 * line each, numbered by their seq. docs/import.md describes it.
 */
final class RoomFile {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int REMEMBERED = 100_000;

    private final Services services;
    private final Writer out;
    private final Map<String, String> usernames = new HashMap<>();
    private final Set<String> introduced = new HashSet<>();
    private String room = "";

    RoomFile(Services services, Writer out) {
        this.services = services;
        this.out = out;
    }

    void room(JsonNode given) throws IOException {
        room = given.path("name").asString(given.path("id").asString(""));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "room");
        line.put("room", room);
        line.put("room_type", given.path("type").asString(""));
        putText(line, "topic", given.path("topic"));
        putText(line, "created_at", given.path("created_at"));
        write(line);
    }

    void messages(JsonNode messages) throws IOException {
        meet(messages);
        for (JsonNode message : messages) {
            write(line(message));
        }
    }

    /** Asks for all whom these messages name, at once, and introduces the new ones. */
    private void meet(JsonNode messages) throws IOException {
        Set<String> strangers = new LinkedHashSet<>();
        for (JsonNode message : messages) {
            note(strangers, message.path("user_id"));
            message.path("mentions").forEach(user -> note(strangers, user));
            for (JsonNode reaction : message.path("reactions")) {
                reaction.path("user_ids").forEach(user -> note(strangers, user));
            }
        }
        if (usernames.size() > REMEMBERED) {
            usernames.clear();
            strangers.clear();
            meet(messages);
            return;
        }
        List<String> ids = List.copyOf(strangers);
        for (int from = 0; from < ids.size(); from += 500) {
            introduce(ids.subList(from, Math.min(ids.size(), from + 500)));
        }
    }

    private void note(Set<String> strangers, JsonNode user) {
        String id = user.asString("");
        if (!id.isEmpty() && !usernames.containsKey(id)) {
            strangers.add(id);
        }
    }

    private void introduce(List<String> ids) throws IOException {
        JsonNode answer = services.tellRooms("/internal/exports/people", Map.of("user_ids", ids));
        for (JsonNode user : answer.path("users")) {
            String username = user.path("username").asString("");
            usernames.put(user.path("id").asString(""), username);
            if (introduced.add(username)) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("type", "person");
                line.put("user", username);
                line.put("name", user.path("name").asString(username));
                write(line);
            }
        }
        ids.forEach(id -> usernames.putIfAbsent(id, "user-" + id));
    }

    private Map<String, Object> line(JsonNode message) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("room", room);
        line.put("line", message.path("seq").asLong());
        line.put("at", message.path("created_at").asString(""));
        line.put("type", message.path("type").asString("text"));
        String author = message.path("user_id").asString("");
        line.put("user", author.isEmpty() ? null : usernames.get(author));
        line.put("content", message.path("content").asString(""));
        if (message.hasNonNull("parent_id")) {
            line.put("reply_to", List.of(message.path("parent_seq").asLong()));
        }
        putText(line, "edited_at", message.path("edited_at"));
        putText(line, "deleted_at", message.path("deleted_at"));
        List<String> mentions = names(message.path("mentions"));
        if (!mentions.isEmpty()) {
            line.put("mentions", mentions);
        }
        List<Map<String, Object>> reactions = reactions(message.path("reactions"));
        if (!reactions.isEmpty()) {
            line.put("reactions", reactions);
        }
        if (!message.path("attachments").isEmpty()) {
            line.put("attachments", attachments(message.path("attachments")));
        }
        return line;
    }

    private List<Map<String, Object>> reactions(JsonNode given) {
        List<Map<String, Object>> reactions = new ArrayList<>();
        for (JsonNode reaction : given) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("reaction_type", reaction.path("reaction_type").asString(""));
            one.put("users", names(reaction.path("user_ids")));
            reactions.add(one);
        }
        return reactions;
    }

    /** Their addresses are signed for a while; the id is for whoever fetches them from here. */
    private static List<Map<String, Object>> attachments(JsonNode given) {
        List<Map<String, Object>> attachments = new ArrayList<>();
        for (JsonNode attachment : given) {
            Map<String, Object> one = new LinkedHashMap<>();
            for (String field : List.of("id", "name", "file_type", "file_url")) {
                putText(one, field, attachment.path(field));
            }
            one.put("file_size", attachment.path("file_size").asLong());
            attachments.add(one);
        }
        return attachments;
    }

    private List<String> names(JsonNode users) {
        List<String> names = new ArrayList<>();
        users.forEach(user -> names.add(usernames.getOrDefault(user.asString(""), "")));
        return names;
    }

    private static void putText(Map<String, ? super String> line, String field, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull()) {
            line.put(field, value.asString(""));
        }
    }

    private void write(Map<String, ?> line) throws IOException {
        out.write(JSON.writeValueAsString(line));
        out.write('\n');
    }
}
