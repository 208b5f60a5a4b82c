package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.fanout.Member;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.protocol.ChannelKind;
import chat.parley.realtime.channels.protocol.ChannelName;
import chat.parley.realtime.channels.protocol.ClientMessage;
import chat.parley.realtime.channels.protocol.MalformedMessage;
import chat.parley.realtime.channels.protocol.ServerMessages;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The {@code channel_data} that makes a socket a member of a presence channel. */
final class ClaimedMember {

    private static final int MAX_BYTES = 1024;
    private static final int MAX_ID_LENGTH = 128;

    private ClaimedMember() {}

    /** Null on channels that have no members. A signed-in connection may leave it out and comes as its user. */
    static @Nullable Member read(ChannelName channel, String data, Socket socket) throws MalformedMessage {
        if (channel.kind() != ChannelKind.PRESENCE) {
            return null;
        }
        if (data.isEmpty()) {
            return ofSignedIn(socket);
        }
        if (data.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new MalformedMessage("A member's data is at most 1 KB");
        }
        JsonNode member = ClientMessage.parse(data);
        return new Member(idOf(member.path("user_id")), ServerMessages.textOf(member.path("user_info")));
    }

    private static Member ofSignedIn(Socket socket) throws MalformedMessage {
        String user = socket.userId();
        if (user == null || !socket.isSignedIn()) {
            throw new MalformedMessage("A presence channel needs channel_data, or a signed-in connection");
        }
        return new Member(user, null);
    }

    /** Pusher's server libraries send numbers as well as texts. */
    private static String idOf(JsonNode id) throws MalformedMessage {
        String text = id.isString() || id.isIntegralNumber() ? id.asString() : "";
        if (text.isEmpty() || text.length() > MAX_ID_LENGTH) {
            throw new MalformedMessage("A member's user_id has 1 to 128 characters");
        }
        return text;
    }
}
