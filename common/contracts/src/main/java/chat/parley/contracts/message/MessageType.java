package chat.parley.contracts.message;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a message is made of. */
public enum MessageType {
    @JsonProperty("text")
    TEXT,
    /** Carries at least one attachment. */
    @JsonProperty("file")
    FILE,
    /** From an import or an integration. */
    @JsonProperty("system")
    SYSTEM,
}
