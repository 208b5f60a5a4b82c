package chat.parley.realtime.chat;

import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.UserId;
import chat.parley.contracts.connection.ConnectionEvent;
import chat.parley.contracts.connection.ConnectionEvent.ConnectionClosed;
import chat.parley.contracts.connection.ConnectionEvent.ConnectionIdentified;
import chat.parley.contracts.connection.ConnectionEvent.NodeAlive;
import chat.parley.contracts.connection.ConnectionEvent.TypingWhispered;
import chat.parley.contracts.json.EventCodec;
import chat.parley.realtime.Node;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.AppKind;
import chat.parley.realtime.channels.log.EventWriter;
import chat.parley.realtime.channels.socket.SocketGone;
import chat.parley.realtime.channels.socket.SocketIdentified;
import chat.parley.realtime.channels.socket.Whisper;
import chat.parley.service.LeavesTheChain;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Tells presence-service of the chat's sockets: whose they are, when they go, that this node lives, and who types. */
@Component
final class ConnectionsTold implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ConnectionsTold.class);
    private static final EventCodec<ConnectionEvent> CODEC = EventCodec.of(ConnectionEvent.class);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);
    private static final String TYPING = "client-typing";
    private static final int MOST_UNTOLD = 100_000;

    private final Node node;
    private final EventWriter events;
    private final Clock clock;
    /** What Kafka did not take, by socket, for after the next sign of life that it takes. */
    private final Map<String, ConnectionEvent> untold = new ConcurrentHashMap<>();
    private @Nullable Disposable signs;

    ConnectionsTold(Node node, EventWriter events, Clock clock) {
        this.node = node;
        this.events = events;
        this.clock = clock;
    }

    @EventListener
    void identified(SocketIdentified socket) {
        chatUser(socket.app(), socket.userId()).ifPresent(user ->
            tellOf(
                socket.socketId(),
                new ConnectionIdentified(
                    EventId.random(),
                    clock.instant(),
                    node.id(),
                    socket.socketId(),
                    user
                )
            )
        );
    }

    @EventListener
    void gone(SocketGone socket) {
        chatUser(socket.app(), socket.userId()).ifPresent(user ->
            tellOf(
                socket.socketId(),
                new ConnectionClosed(EventId.random(), clock.instant(), node.id(), socket.socketId(), user)
            )
        );
    }

    @EventListener
    void whispered(Whisper whisper) {
        if (!whisper.event().equals(TYPING)) {
            return;
        }
        RoomId room = ChatChannel.parse(whisper.channel().value()).map(ChatChannel::roomId).orElse(null);
        if (room != null) {
            boolean typing = whisper.fields().path("typing").asBoolean(true);
            chatUser(whisper.app(), whisper.userId()).ifPresent(user ->
                tell(new TypingWhispered(EventId.random(), clock.instant(), node.id(), room, user, typing))
            );
        }
    }

    /** Empty for sockets of other apps, and for one that the holder of the chat's secret signed in as somebody else's. */
    private static Optional<UserId> chatUser(App app, @Nullable String user) {
        if (app.kind() != AppKind.CHAT || user == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(UserId.of(user));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private void tellOf(String socketId, ConnectionEvent event) {
        tell(event).whenComplete((_, failure) -> {
            if (failure != null) {
                keep(socketId, event);
            } else if (event instanceof ConnectionClosed) {
                untold.remove(socketId);
            } else {
                untold.remove(socketId, event);
            }
        });
    }

    /** A socket's end is its last word, whatever else of it has not been told. */
    private void keep(String socketId, ConnectionEvent event) {
        if (untold.size() < MOST_UNTOLD) {
            untold.merge(socketId, event, (known, late) -> known instanceof ConnectionClosed ? known : late);
        }
    }

    /** As long as the node lives, what it never told of its sockets would hold: somebody gone would stay online. */
    private void giveSignOfLife() {
        tell(new NodeAlive(EventId.random(), clock.instant(), node.id())).thenRun(() ->
            untold.forEach(this::tellOf)
        );
    }

    private CompletableFuture<?> tell(ConnectionEvent event) {
        return events
            .write(Topic.CONNECTIONS, event.key(), CODEC.write(event))
            .whenComplete((_, failure) -> {
                if (failure != null) {
                    log.warn("presence-service was not told: {}", failure.toString());
                }
            });
    }

    @Override
    @LeavesTheChain("Gives signs of life as long as the node runs; stop() ends them")
    public synchronized void start() {
        signs = Flux.interval(Duration.ZERO, SIGN_OF_LIFE)
            .onBackpressureDrop()
            .subscribe(_ -> giveSignOfLife());
    }

    @Override
    public synchronized void stop() {
        if (signs != null) {
            signs.dispose();
            signs = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return signs != null;
    }
}
