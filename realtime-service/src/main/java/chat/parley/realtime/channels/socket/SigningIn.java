package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.protocol.ClientMessage;
import chat.parley.realtime.channels.protocol.CloseCode;
import chat.parley.realtime.channels.protocol.MalformedMessage;
import chat.parley.realtime.channels.protocol.ServerMessages;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** {@code pusher:signin}: a connection says, and proves, whose it is. */
@Component
final class SigningIn {

    private static final int WATCHLIST = 4302;

    private final Identities identities;

    SigningIn(Identities identities) {
        this.identities = identities;
    }

    void signIn(Socket socket, JsonNode fields) throws MalformedMessage {
        String userData = fields.path("user_data").stringValue("");
        if (!socket.app().authorized(fields.path("auth").stringValue(""), signedText(socket, userData))) {
            refuse(socket, "The signature is not right");
            return;
        }
        JsonNode user = ClientMessage.parse(userData);
        String id = user.path("id").stringValue("");
        if (id.isEmpty()) {
            refuse(socket, "The user data needs the text 'id'");
        } else if (socket.userId() != null && !id.equals(socket.userId())) {
            refuse(socket, "This connection is somebody else's already");
        } else if (identities.identify(socket, id)) {
            socket.signIn(id);
            socket.send(ServerMessages.signedIn(userData));
            refuseWatchlist(socket, user);
        }
    }

    private static String signedText(Socket socket, String userData) {
        return socket.id() + "::user::" + userData;
    }

    private static void refuse(Socket socket, String sentence) {
        socket.send(ServerMessages.error(CloseCode.UNAUTHORIZED.code(), sentence));
    }

    private static void refuseWatchlist(Socket socket, JsonNode user) {
        if (!user.path("watchlist").isEmpty()) {
            socket.send(ServerMessages.error(WATCHLIST, "Watchlists are not served"));
        }
    }
}
