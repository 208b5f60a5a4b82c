package chat.parley.system;

import tools.jackson.databind.JsonNode;

/**
 * What a library told its user.
 *
 * @param channel its name, {@code user}, {@code watchlist}, or empty for what concerns the connection
 */
record Heard(String channel, String event, JsonNode data) {}
