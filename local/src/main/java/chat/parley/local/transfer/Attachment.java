package chat.parley.local.transfer;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A file of another chat as what is left of it here: a line with its name and where it was. */
final class Attachment {

    private Attachment() {}

    /** Of an attachment of {@link RoomFile} or a file of Slack; empty if it says nothing. */
    static Optional<String> of(JsonNode file) {
        String name = first(file, "name", "title");
        String link = first(file, "permalink", "url_private", "file_url", "url");
        String line = link.isEmpty() ? name : name.isEmpty() || name.equals(link) ? link : name + ": " + link;
        return line.isBlank() ? Optional.empty() : Optional.of("📎 " + line);
    }

    private static String first(JsonNode file, String... fields) {
        for (String field : fields) {
            String value = file.path(field).asString("");
            if (!value.isBlank()) {
                return value.strip();
            }
        }
        return "";
    }
}
