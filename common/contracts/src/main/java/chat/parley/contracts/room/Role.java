package chat.parley.contracts.room;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a member may do in a room. */
public enum Role {
    @JsonProperty("admin")
    ADMIN,
    @JsonProperty("member")
    MEMBER,
}
