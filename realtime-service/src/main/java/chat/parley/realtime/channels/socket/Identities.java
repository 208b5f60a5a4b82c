package chat.parley.realtime.channels.socket;

import chat.parley.contracts.broadcast.BroadcastEvent;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.protocol.CloseCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Whose socket is whose, as far as sockets of this node have been identified. */
@Component
public final class Identities {

    private final SocketProperties properties;
    private final ApplicationEventPublisher listeners;
    private final Map<String, Set<Socket>> byUser = new ConcurrentHashMap<>();

    Identities(SocketProperties properties, ApplicationEventPublisher listeners) {
        this.properties = properties;
        this.listeners = listeners;
    }

    /** False, and the socket is told to go, if it is another user's already, or the user has too many of them here. */
    boolean identify(Socket socket, String userId) {
        String owner = socket.userId();
        if (owner != null) {
            return owner.equals(userId) || sendAway(socket, CloseCode.UNAUTHORIZED);
        }
        boolean[] fits = { true };
        byUser.compute(keyOf(socket.app(), userId), (_, known) -> {
            Set<Socket> sockets = known == null ? ConcurrentHashMap.newKeySet() : known;
            fits[0] = sockets.size() < properties.maxConnectionsPerUser();
            if (fits[0]) {
                sockets.add(socket);
            }
            return sockets;
        });
        if (!fits[0]) {
            return sendAway(socket, CloseCode.OVER_QUOTA);
        }
        socket.identify(userId);
        listeners.publishEvent(new SocketIdentified(socket.app(), socket.id(), userId));
        return true;
    }

    private static boolean sendAway(Socket socket, CloseCode code) {
        socket.close(code);
        return false;
    }

    void gone(Socket socket) {
        String userId = socket.userId();
        if (userId == null) {
            return;
        }
        byUser.computeIfPresent(keyOf(socket.app(), userId), (_, sockets) -> {
            sockets.remove(socket);
            return sockets.isEmpty() ? null : sockets;
        });
        listeners.publishEvent(new SocketGone(socket.app(), socket.id(), userId));
    }

    /** The user's sockets on this node. */
    public List<Socket> socketsOf(App app, String userId) {
        return List.copyOf(byUser.getOrDefault(keyOf(app, userId), Set.of()));
    }

    private static String keyOf(App app, String userId) {
        return BroadcastEvent.keyOf(app.id(), userId);
    }
}
