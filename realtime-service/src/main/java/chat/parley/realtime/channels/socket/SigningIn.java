package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.census.Census;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.protocol.ClientMessage;
import chat.parley.realtime.channels.protocol.CloseCode;
import chat.parley.realtime.channels.protocol.MalformedMessage;
import chat.parley.realtime.channels.protocol.ServerMessages;
import chat.parley.realtime.channels.watchlist.Watchlists;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** {@code pusher:signin}: a connection says, and proves, whose it is. */
@Component
final class SigningIn {

    private static final int WATCHLIST = 4302;

    private final Identities identities;
    private final Census census;
    private final Watchlists watchlists;

    SigningIn(Identities identities, Census census, Watchlists watchlists) {
        this.identities = identities;
        this.census = census;
        this.watchlists = watchlists;
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
            count(socket, id);
            socket.signIn(id);
            socket.send(ServerMessages.signedIn(userData));
            watch(socket, user.path("watchlist"));
        }
    }

    /** Once, however often it says so. */
    private void count(Socket socket, String id) {
        if (!socket.isSignedIn()) {
            census.signedIn(socket.app(), id);
        }
    }

    private static String signedText(Socket socket, String userData) {
        return socket.id() + "::user::" + userData;
    }

    private static void refuse(Socket socket, String sentence) {
        socket.send(ServerMessages.error(CloseCode.UNAUTHORIZED.code(), sentence));
    }

    private void watch(Socket socket, JsonNode watchlist) {
        List<String> users = watchlist
            .valueStream()
            .filter(JsonNode::isString)
            .map(JsonNode::stringValue)
            .distinct()
            .toList();
        if (users.size() > Watchlists.MOST) {
            socket.send(
                ServerMessages.error(
                    WATCHLIST,
                    "A watchlist has at most 100 users; the first 100 are watched"
                )
            );
        }
        watchlists.watch(socket, users.stream().limit(Watchlists.MOST).toList());
    }

    /** The socket has ended. */
    void end(Socket socket) {
        String user = socket.userId();
        if (user != null && socket.isSignedIn()) {
            watchlists.end(socket);
            census.signedOut(socket.app(), user);
        }
    }
}
