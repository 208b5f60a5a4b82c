package chat.parley.realtime.channels.protocol;

import chat.parley.contracts.json.WireJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What a client says in one frame.
 *
 * @param channel null where the client named none
 * @param data missing, or any JSON: clients send text of JSON or the JSON itself
 */
public record ClientMessage(String event, @Nullable String channel, JsonNode data) {
    /**
     * @throws MalformedMessage if it is not an object with an event's name
     */
    public static ClientMessage read(ByteBuf text) throws MalformedMessage {
        JsonNode message = tree(text);
        JsonNode event = message.path("event");
        if (!event.isString()) {
            throw new MalformedMessage("A message is an object with the text 'event'");
        }
        JsonNode channel = message.path("channel");
        return new ClientMessage(
            event.stringValue(),
            channel.isString() ? channel.stringValue() : null,
            message.path("data")
        );
    }

    private static JsonNode tree(ByteBuf text) throws MalformedMessage {
        try {
            return WireJson.mapper().readTree((InputStream) new ByteBufInputStream(text));
        } catch (JacksonException e) {
            throw new MalformedMessage("The message is no JSON");
        }
    }

    /** The data as an object's fields, whichever way it was sent; a missing node if it is no object. */
    public JsonNode fields() throws MalformedMessage {
        return data.isString() ? parse(data.stringValue()) : data;
    }

    /** The data as the protocol carries it onward: text. */
    public String dataText() {
        if (data.isString()) {
            return data.stringValue();
        }
        return data.isMissingNode() ? "" : data.toString();
    }

    /** JSON from a text within a message. */
    public static JsonNode parse(String text) throws MalformedMessage {
        if (text.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return WireJson.mapper().readTree(text);
        } catch (JacksonException e) {
            throw new MalformedMessage("The data is no JSON");
        }
    }
}
