package chat.parley.presence.status;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How somebody appears to the others. All but {@link #OFFLINE} can be chosen. */
enum Status {
    @JsonProperty("online")
    ONLINE,
    @JsonProperty("away")
    AWAY,
    @JsonProperty("dnd")
    DND,
    @JsonProperty("offline")
    OFFLINE;

    static Status of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
