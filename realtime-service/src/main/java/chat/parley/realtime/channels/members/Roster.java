package chat.parley.realtime.channels.members;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A presence channel's members at one moment.
 *
 * @param version 0 if the channel was full, and the user who asked is not among them
 * @param members by user id, each with the JSON of its info, or null
 */
public record Roster(long version, Map<String, @Nullable String> members) {
    public Roster {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** Reads what {@code join.lua} answers. */
    static Roster of(List<?> answer) {
        Map<String, @Nullable String> members = new LinkedHashMap<>();
        for (int i = 1; i < answer.size(); i += 2) {
            String value = String.valueOf(answer.get(i + 1));
            String info = value.substring(value.indexOf('\n') + 1);
            members.put(String.valueOf(answer.get(i)), info.isEmpty() ? null : info);
        }
        return new Roster(Long.parseLong(String.valueOf(answer.getFirst())), members);
    }

    public boolean isFull() {
        return version == 0;
    }
}
