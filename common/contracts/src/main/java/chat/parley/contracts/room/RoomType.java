package chat.parley.contracts.room;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who can find and enter a room. */
public enum RoomType {
    /** A direct conversation of exactly two. */
    @JsonProperty("private")
    PRIVATE,
    /** By invitation; its existence is hidden from others. */
    @JsonProperty("group")
    GROUP,
    /** Listed, and open to everyone signed in. */
    @JsonProperty("public")
    PUBLIC,
}
