package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.Apps;
import chat.parley.realtime.channels.fanout.Hub;
import chat.parley.realtime.channels.fanout.Hubs;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.protocol.CloseCode;
import chat.parley.realtime.channels.protocol.ServerMessages;
import chat.parley.realtime.channels.socket.Handshake.Answer;
import chat.parley.realtime.channels.socket.Handshake.Refused;
import chat.parley.realtime.channels.socket.Handshake.Welcome;
import chat.parley.realtime.channels.socket.HandshakeThrottle.Verdict;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/** Lets sockets in at the web server's port, and knows how many there are. */
@Component
final class SocketServer implements NettyServerCustomizer {

    private final Entrance entrance;
    private final HandshakeThrottle throttle;
    private final IdleWatch idle;
    private final SocketMeters meters;
    private final EntranceProperties arrivals;
    private final Conversation conversation;
    private final Hubs hubs;
    private final SocketIds ids;
    private final SocketProperties properties;
    private final Map<App, AtomicInteger> open;
    private final AtomicInteger total = new AtomicInteger();
    private volatile boolean draining;

    SocketServer(
        Entrance entrance,
        HandshakeThrottle throttle,
        IdleWatch idle,
        SocketMeters meters,
        EntranceProperties arrivals,
        Conversation conversation,
        Hubs hubs,
        SocketIds ids,
        SocketProperties properties,
        Apps apps
    ) {
        this.entrance = entrance;
        this.throttle = throttle;
        this.idle = idle;
        this.meters = meters;
        this.arrivals = arrivals;
        this.conversation = conversation;
        this.hubs = hubs;
        this.ids = ids;
        this.properties = properties;
        this.open = apps
            .all()
            .stream()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> new AtomicInteger()));
        open.forEach(meters::counts);
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server
            .requestTimeout(arrivals.requestWithin())
            .doOnChannelInit((_, channel, _) -> putGate(channel));
    }

    private void putGate(Channel channel) {
        // The management port is served by the same library and has no sockets; its pipeline is the same all the same.
        if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
            channel.pipeline().addAfter(NettyPipeline.HttpCodec, SocketGate.NAME, new SocketGate(this));
            channel
                .pipeline()
                .addAfter(
                    NettyPipeline.HttpCodec,
                    FirstRequest.NAME,
                    new FirstRequest(arrivals.requestWithin())
                );
        }
    }

    /** What becomes of one more request for a socket. */
    Verdict next() {
        return draining ? Verdict.REFUSE : throttle.next();
    }

    /** The request was answered plainly. */
    void refused() {
        meters.refused();
    }

    int maxMessageBytes() {
        return Math.toIntExact(properties.maxMessage().toBytes());
    }

    int maxOutboundBytes() {
        return Math.toIntExact(properties.maxOutbound().toBytes());
    }

    /** Counted here and opened a moment later: event loops that do so at once may each let one too many in. */
    Answer answer(Asked asked) {
        Answer answer = entrance.to(asked);
        if (!(answer instanceof Welcome(App app))) {
            return answer;
        }
        int most = app.limits().maxConnections();
        if (most > 0 && count(app).get() >= most) {
            return new Refused(CloseCode.OVER_QUOTA);
        }
        return total.get() >= properties.maxConnections() ? new Refused(CloseCode.OVER_CAPACITY) : answer;
    }

    SocketHandler handler(Answer answer) {
        switch (answer) {
            case Welcome _ -> meters.welcomed();
            case Refused refused -> meters.refused(refused.code());
        }
        return new SocketHandler(this, conversation, answer);
    }

    Socket open(App app, ChannelHandlerContext context) {
        Hub hub = hubs.of(context.channel().eventLoop());
        Socket socket = new Socket(ids.next(), app, hub, context);
        count(app).incrementAndGet();
        total.incrementAndGet();
        hub.opened(socket);
        idle.begin(socket);
        socket.send(ServerMessages.established(socket.id(), properties.activityTimeout()));
        return socket;
    }

    void closed(Socket socket) {
        idle.end(socket);
        meters.closed(socket.closedWith(), socket.askedToClose());
        socket.hub().closed(socket);
        total.decrementAndGet();
        count(socket.app()).decrementAndGet();
    }

    private AtomicInteger count(App app) {
        AtomicInteger count = open.get(app);
        if (count == null) {
            throw new IllegalArgumentException("an app of another installation: " + app);
        }
        return count;
    }

    int connections() {
        return total.get();
    }

    /** From now on nobody is let in. */
    void closeGate() {
        draining = true;
    }

    /** The node goes on, as it may after it was only paused. */
    void openGate() {
        draining = false;
    }
}
