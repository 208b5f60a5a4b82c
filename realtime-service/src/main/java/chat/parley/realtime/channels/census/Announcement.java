package chat.parley.realtime.channels.census;

import chat.parley.contracts.json.WireJson;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How {@code changes.lua} says what has changed: {@code [version, kind, app, [name, total, name, total, …]]}. */
final class Announcement {

    private Announcement() {}

    static Totals read(String text) {
        JsonNode said = WireJson.mapper().readTree(text);
        JsonNode changed = said.path(3);
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i + 1 < changed.size(); i += 2) {
            byName.put(changed.get(i).stringValue(), changed.get(i + 1).intValue());
        }
        return new Totals(
            Counted.of(said.path(1).stringValue()),
            said.path(2).stringValue(),
            Long.parseLong(said.path(0).stringValue()),
            byName
        );
    }
}
