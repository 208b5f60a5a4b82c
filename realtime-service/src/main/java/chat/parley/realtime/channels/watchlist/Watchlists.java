package chat.parley.realtime.channels.watchlist;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.census.Census;
import chat.parley.realtime.channels.census.Counted;
import chat.parley.realtime.channels.census.Totals;
import chat.parley.realtime.channels.census.TotalsListener;
import chat.parley.realtime.channels.fanout.Hub;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.protocol.ServerMessages;
import io.netty.buffer.ByteBuf;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/**
 * Tells signed-in sockets whether those whom they watch are there: first of all of them at once, then of each who comes
 * with their first signed-in connection, or goes with their last (Pusher's "Watchlist events"). What a node knows of
 * a user is the same for all who watch them, so Redis is asked for who is watched first, and not for each list.
 */
@Component
public final class Watchlists implements TotalsListener {

    /** How many users one socket watches. */
    public static final int MOST = 100;

    private static final Logger log = LoggerFactory.getLogger(Watchlists.class);

    private final Question connections;
    /** By app and user. Guarded by this, as is what is in it: lists are short and changes are few. */
    private final Map<String, Map<String, Watched>> watched = new HashMap<>();
    private final Map<Socket, Watching> watching = new HashMap<>();

    @Autowired
    public Watchlists(Census census) {
        this(census::connections);
    }

    Watchlists(Question connections) {
        this.connections = connections;
    }

    /** From now on the socket watches these users and no others. Called by its event loop. */
    public void watch(Socket socket, List<String> userIds) {
        List<String> unknown = begin(socket, userIds);
        if (!unknown.isEmpty()) {
            connections
                .ask(socket.app(), unknown)
                .doOnNext(this::changed)
                .then()
                .toFuture()
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        log.warn("Who is signed in is found out later: {}", failure.toString());
                    }
                });
        }
    }

    private synchronized List<String> begin(Socket socket, List<String> userIds) {
        end(socket);
        if (userIds.isEmpty()) {
            return List.of();
        }
        Map<String, Watched> ofApp = watched.computeIfAbsent(socket.app().id(), _ -> new HashMap<>());
        List<Watched> users = userIds
            .stream()
            .map(user -> ofApp.computeIfAbsent(user, Watched::new))
            .toList();
        Watching list = new Watching(socket, users);
        watching.put(socket, list);
        users.forEach(user -> user.by.add(list));
        List<String> unknown = users
            .stream()
            .filter(user -> !user.known)
            .map(user -> user.userId)
            .toList();
        list.unknown = unknown.size();
        tellIfAllAreKnown(list);
        return unknown;
    }

    /** The socket watches nobody any more. */
    public synchronized void end(Socket socket) {
        Watching list = watching.remove(socket);
        if (list == null) {
            return;
        }
        Map<String, Watched> ofApp = watched.getOrDefault(socket.app().id(), Map.of());
        for (Watched user : list.users) {
            user.by.remove(list);
            if (user.by.isEmpty()) {
                ofApp.remove(user.userId);
            }
        }
    }

    // --- what is heard of those who are watched

    @Override
    public Counted counted() {
        return Counted.USERS;
    }

    @Override
    public synchronized Collection<String> followed(App app) {
        return List.copyOf(watched.getOrDefault(app.id(), Map.of()).keySet());
    }

    @Override
    public synchronized void changed(Totals totals) {
        Map<String, Watched> ofApp = watched.getOrDefault(totals.appId(), Map.of());
        totals
            .byName()
            .forEach((userId, connections) -> {
                Watched user = ofApp.get(userId);
                if (user != null && user.version < totals.version()) {
                    user.version = totals.version();
                    changed(user, connections > 0);
                }
            });
    }

    private static void changed(Watched user, boolean online) {
        if (!user.known) {
            user.known = true;
            user.online = online;
            user.by.forEach(list -> list.unknown--);
            user.by.forEach(Watchlists::tellIfAllAreKnown);
        } else if (user.online != online) {
            user.online = online;
            tellOf(user);
        }
    }

    private static void tellIfAllAreKnown(Watching list) {
        if (!list.isTold()) {
            return;
        }
        List<String> online = idsOf(list, true);
        List<String> offline = idsOf(list, false);
        Socket socket = list.socket;
        socket.hub().offer(() -> socket.send(ServerMessages.watchlist(online, offline)));
    }

    private static List<String> idsOf(Watching list, boolean online) {
        return list.users
            .stream()
            .filter(user -> user.online == online)
            .map(user -> user.userId)
            .toList();
    }

    /** One frame for all; in the order of the changes, since nobody else offers anything meanwhile. */
    private static void tellOf(Watched user) {
        List<String> one = List.of(user.userId);
        ByteBuf frame = ServerMessages.watchlist(
            user.online ? one : List.of(),
            user.online ? List.of() : one
        );
        Map<Hub, List<Socket>> told = user.by
            .stream()
            .filter(Watching::isTold)
            .map(list -> list.socket)
            .collect(Collectors.groupingBy(Socket::hub));
        told.forEach((hub, sockets) -> tell(hub, sockets, frame.retainedDuplicate()));
        frame.release();
    }

    private static void tell(Hub hub, List<Socket> sockets, ByteBuf frame) {
        hub.offer(() -> {
            sockets.forEach(socket -> socket.send(frame.retainedDuplicate()));
            frame.release();
        });
    }

    /** How many signed-in connections these users have. */
    interface Question {
        Flux<Totals> ask(App app, Collection<String> userIds);
    }
}
