package chat.parley.local.transfer;

import java.io.IOException;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** One run of {@code ./parley export}. */
public final class Export {

    private final Services services;

    public Export(Services services) {
        this.services = services;
    }

    /**
     * Writes the whole room, page by page.
     *
     * @param room its id, or the name of a public room
     * @return how many messages
     */
    public long run(String room, Writer out) throws IOException {
        JsonNode found = find(room);
        RoomFile file = new RoomFile(services, out);
        file.room(found);
        String pages = "/internal/exports/rooms/" + found.path("id").asString("") + "/messages?after=";
        long last = 0;
        long count = 0;
        while (true) {
            JsonNode page = services.askMessages(pages + last).path("messages");
            if (page.isEmpty()) {
                out.flush();
                return count;
            }
            file.messages(page);
            count += page.size();
            last = page.get(page.size() - 1).path("seq").asLong();
        }
    }

    private JsonNode find(String room) throws IOException {
        if (isId(room)) {
            return services.askRooms("/internal/exports/rooms/" + room);
        }
        String name = URLEncoder.encode(room, StandardCharsets.UTF_8);
        JsonNode rooms = services.askRooms("/internal/exports/rooms?name=" + name).path("rooms");
        if (rooms.isEmpty()) {
            throw new IOException("There is no public room called " + room + "; others go by their id");
        }
        if (rooms.size() > 1) {
            throw new IOException(
                "Several public rooms are called " +
                    room +
                    "; choose by id: " +
                    String.join(", ", rooms.findValuesAsString("id"))
            );
        }
        return rooms.get(0);
    }

    private static boolean isId(String room) {
        try {
            return UUID.fromString(room).toString().equalsIgnoreCase(room);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
