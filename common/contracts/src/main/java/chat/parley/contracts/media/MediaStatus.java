package chat.parley.contracts.media;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where an upload is on its way to being served. */
public enum MediaStatus {
    @JsonProperty("processing")
    PROCESSING,
    @JsonProperty("ready")
    READY,
    @JsonProperty("rejected")
    REJECTED,
}
