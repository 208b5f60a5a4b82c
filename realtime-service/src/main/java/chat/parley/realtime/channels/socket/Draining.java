package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.fanout.Hubs;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.nodes.NodeLease;
import chat.parley.realtime.channels.protocol.CloseCode;
import chat.parley.service.LeavesTheChain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends the sockets away when the node stops: a few at a time, for clients come back at once and without jitter, and
 * all of them together would knock over the nodes that stay.
 */
@Component
final class Draining implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Draining.class);

    /** Whoever does not answer our farewell has been cut off by then. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(4);

    private final SocketServer server;
    private final Hubs hubs;
    private final NodeLease lease;
    private final SocketProperties properties;
    private volatile boolean running;

    Draining(SocketServer server, Hubs hubs, NodeLease lease, SocketProperties properties) {
        this.server = server;
        this.hubs = hubs;
        this.lease = lease;
        this.properties = properties;
    }

    @Override
    public void start() {
        running = true;
        server.openGate();
    }

    @Override
    @LeavesTheChain("Spring waits for the callback, for as long as a phase of its shutdown may take")
    public void stop(Runnable done) {
        running = false;
        server.closeGate();
        sendAllAway()
            .then(Mono.defer(lease::goAway))
            .doOnError(failure -> log.warn("Did not take leave properly: {}", failure.toString()))
            .onErrorComplete()
            .doFinally(_ -> done.run())
            .subscribe();
    }

    private Mono<Void> sendAllAway() {
        List<Socket> sockets = new ArrayList<>();
        return Flux.fromIterable(hubs.all())
            .concatMap(hub ->
                Mono.<List<Socket>>create(all -> hub.offer(() -> all.success(List.copyOf(hub.sockets()))))
            )
            .doOnNext(sockets::addAll)
            .thenMany(Flux.defer(() -> groupsOf(sockets)))
            .doOnNext(group -> group.forEach(Draining::sendAway))
            .then(Mono.defer(this::untilGone));
    }

    private Flux<List<Socket>> groupsOf(List<Socket> sockets) {
        Collections.shuffle(sockets);
        long steps = Math.max(1, properties.drainTime().dividedBy(properties.drainStep()));
        int size = (int) Math.max(1, (sockets.size() + steps - 1) / steps);
        return Flux.fromIterable(sockets).buffer(size).delayElements(properties.drainStep());
    }

    private static void sendAway(Socket socket) {
        socket.hub().offer(() -> socket.close(CloseCode.RECONNECT));
    }

    /** So that what their end has to tell is told while Kafka and Redis can still be reached. */
    private Mono<Void> untilGone() {
        return Flux.interval(properties.drainStep())
            .takeUntil(_ -> server.connections() == 0)
            .take(LAST_WAIT)
            .then();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
