package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.fanout.Hub;
import chat.parley.realtime.channels.fanout.Hubs;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.protocol.CloseCode;
import chat.parley.realtime.channels.protocol.ServerMessages;
import chat.parley.service.LeavesTheChain;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Looks after all sockets once a second, in their own event loops: no socket has a timer of its own. */
@Component
final class IdleWatch implements SmartLifecycle {

    private static final Duration ROUND = Duration.ofSeconds(1);

    private final Hubs hubs;
    private final SocketProperties properties;
    private @Nullable Disposable rounds;

    IdleWatch(Hubs hubs, SocketProperties properties) {
        this.hubs = hubs;
        this.properties = properties;
    }

    @Override
    @LeavesTheChain("Goes its rounds as long as the node runs; stop() ends them")
    public synchronized void start() {
        rounds = Flux.interval(ROUND)
            .onBackpressureDrop()
            .subscribe(_ -> hubs.all().forEach(hub -> hub.offer(() -> lookAfter(hub))));
    }

    private void lookAfter(Hub hub) {
        hub.sockets().stream().filter(Socket::isOpen).forEach(this::lookAfter);
    }

    private void lookAfter(Socket socket) {
        long silent = socket.silentMillis();
        if (silent >= properties.activityTimeout().plus(properties.pongTimeout()).toMillis()) {
            socket.close(CloseCode.SILENT);
        } else if (silent >= properties.activityTimeout().toMillis() && socket.needsPing()) {
            socket.send(ServerMessages.ping());
        } else if (isStranger(socket)) {
            socket.close(CloseCode.UNAUTHORIZED);
        }
    }

    private static boolean isStranger(Socket socket) {
        Duration within = socket.app().authorizedWithin();
        return within != null && socket.ageMillis() >= within.toMillis() && !socket.isAuthorized();
    }

    @Override
    public synchronized void stop() {
        if (rounds != null) {
            rounds.dispose();
            rounds = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return rounds != null;
    }
}
