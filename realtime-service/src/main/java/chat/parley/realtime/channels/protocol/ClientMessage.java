package chat.parley.realtime.channels.protocol;

import chat.parley.contracts.json.WireJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What a client says in one frame.
 *
 * @param channel null where the client named none
 * @param data as the protocol carries it onward, a text: clients send text, usually of JSON, or the JSON itself, which
 *     stays as they wrote it; empty where they sent none
 */
public record ClientMessage(String event, @Nullable String channel, String data) {
    private static final String FORM = "A message is an object with the text 'event'";

    /**
     * Reads a frame without making a tree of it: most of what clients say is only passed on.
     *
     * @throws MalformedMessage if it is not an object with an event's name
     */
    public static ClientMessage read(ByteBuf text) throws MalformedMessage {
        byte[] json = ByteBufUtil.getBytes(text);
        try (JsonParser parser = WireJson.mapper().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedMessage(FORM);
            }
            ClientMessage message = fields(parser, json);
            if (parser.nextToken() != null) {
                throw new MalformedMessage("There is something behind the message");
            }
            return message;
        } catch (JacksonException e) {
            throw new MalformedMessage("The message is no JSON");
        }
    }

    private static ClientMessage fields(JsonParser parser, byte[] json) throws MalformedMessage {
        String event = null;
        String channel = null;
        String data = "";
        for (String field = parser.nextName(); field != null; field = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (field) {
                case "event" -> event = textOrNull(parser, value);
                case "channel" -> channel = textOrNull(parser, value);
                case "data" -> data = value == JsonToken.VALUE_STRING
                    ? parser.getString()
                    : asWritten(parser, json);
                default -> parser.skipChildren();
            }
        }
        if (event == null) {
            throw new MalformedMessage(FORM);
        }
        return new ClientMessage(event, channel, data);
    }

    private static @Nullable String textOrNull(JsonParser parser, JsonToken value) {
        if (value == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        parser.skipChildren();
        return null;
    }

    private static String asWritten(JsonParser parser, byte[] json) {
        int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        parser.skipChildren();
        // A number ends where it is read to, which nobody has done yet.
        parser.finishToken();
        int to = Math.toIntExact(parser.currentLocation().getByteOffset());
        return new String(json, from, to - from, StandardCharsets.UTF_8).strip();
    }

    /** The data as an object's fields, whichever way it was sent; a missing node if there is none. */
    public JsonNode fields() throws MalformedMessage {
        return parse(data);
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
