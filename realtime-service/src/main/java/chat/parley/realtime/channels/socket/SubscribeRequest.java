package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.protocol.ClientMessage;
import chat.parley.realtime.channels.protocol.MalformedMessage;
import tools.jackson.databind.JsonNode;

/**
 * A {@code pusher:subscribe}.
 *
 * @param auth {@code key:signature}, or empty
 * @param channelData JSON about the member, or empty; covered by the signature as it stands here
 */
record SubscribeRequest(String channel, String auth, String channelData) {
    static SubscribeRequest of(ClientMessage message) throws MalformedMessage {
        JsonNode fields = message.fields();
        return new SubscribeRequest(
            channelOf(message),
            fields.path("auth").stringValue(""),
            fields.path("channel_data").stringValue("")
        );
    }

    static String channelOf(ClientMessage message) throws MalformedMessage {
        JsonNode channel = message.fields().path("channel");
        if (!channel.isString()) {
            throw new MalformedMessage("The data needs the text 'channel'");
        }
        return channel.stringValue();
    }

    /** What the signature covers. */
    String signedText(String socketId) {
        String text = socketId + ':' + channel;
        return channelData.isEmpty() ? text : text + ':' + channelData;
    }
}
