package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.protocol.ChannelName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client event that has been found in order. Told within the process, by the socket's event loop.
 *
 * @param userId whose socket it is, if that is known
 */
public record Whisper(App app, ChannelName channel, String event, JsonNode data, @Nullable String userId) {}
