package chat.parley.system;

import tools.jackson.databind.JsonNode;

/** An event as a socket hears it. */
record Frame(String event, String channel, JsonNode data) {
    static Frame of(String text) {
        JsonNode frame = Api.JSON.readTree(text);
        JsonNode data = frame.path("data");
        return new Frame(
            frame.path("event").asString(),
            frame.path("channel").asString(""),
            // The protocol carries data as a string of JSON.
            data.isString() ? Api.JSON.readTree(data.asString()) : data
        );
    }
}
