package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.protocol.ChannelName;
import chat.parley.realtime.channels.protocol.ClientMessage;
import chat.parley.realtime.channels.protocol.MalformedMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A client event that has been found in order. Told within the process, by the socket's event loop.
 *
 * @param data text, usually of JSON; parsed by who wants to know, for hardly any is looked at
 * @param userId whose socket it is, if that is known
 */
public record Whisper(App app, ChannelName channel, String event, String data, @Nullable String userId) {
    /** The data's fields; a missing node if it is no JSON. */
    public JsonNode fields() {
        try {
            return ClientMessage.parse(data);
        } catch (MalformedMessage plainText) {
            return MissingNode.getInstance();
        }
    }
}
