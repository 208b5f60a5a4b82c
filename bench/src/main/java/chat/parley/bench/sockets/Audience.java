package chat.parley.bench.sockets;

import chat.parley.bench.suite.Person;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/** Sockets subscribed to rooms, all on one thread, that look into each frame no further than for a message's mark. */
public final class Audience implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;
    private static final int LONGEST_FRAME = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final int port;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<Long, Flight> flights = new ConcurrentHashMap<>();
    private final AtomicLong strays = new AtomicLong();

    /** @param port the gateway's */
    public Audience(int port) {
        this.port = port;
    }

    /** Connects a socket of this person and returns once it hears the room. */
    public void join(Person person, String room) throws IOException, InterruptedException {
        Listener listener = new Listener(this::landed);
        Channel channel = connect(listener);
        String socket = await(listener.socketId(), "greeted");
        String name = "private-chat." + room;
        String auth = Person.send(
            port,
            person.post("/broadcasting/auth", Map.of("socket_id", socket, "channel_name", name))
        )
            .get("auth")
            .asString();
        Map<String, Object> subscribe = Map.of(
            "event",
            "pusher:subscribe",
            "data",
            Map.of("channel", name, "auth", auth)
        );
        channel.writeAndFlush(new TextWebSocketFrame(JSON.writeValueAsString(subscribe)));
        await(listener.subscribed(), "subscribed");
    }

    private Channel connect(Listener listener) throws IOException, InterruptedException {
        String uri = "ws://127.0.0.1:" + port + "/app/parley-key?protocol=7&client=bench&version=1";
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
            .webSocketUri(uri)
            .maxFramePayloadLength(LONGEST_FRAME)
            .build();
        Bootstrap bootstrap = new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel
                            .pipeline()
                            .addLast(
                                new HttpClientCodec(),
                                new HttpObjectAggregator(LONGEST_FRAME),
                                new WebSocketClientProtocolHandler(config),
                                listener
                            );
                    }
                }
            );
        var connecting = bootstrap.connect(InetAddress.getLoopbackAddress(), port).await();
        if (!connecting.isSuccess()) {
            throw new IOException("a socket could not be opened: " + connecting.cause());
        }
        return connecting.channel();
    }

    private static <T> T await(CompletableFuture<T> event, String what)
        throws IOException, InterruptedException {
        try {
            return event.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("a socket was not " + what + ": " + e, e);
        }
    }

    /** Before the message is sent: it may be heard before its sender has an answer. */
    public void expect(Flight flight) {
        flights.put(flight.id(), flight);
    }

    public void forget(Flight flight) {
        flights.remove(flight.id());
    }

    private void landed(long mark) {
        Flight flight = flights.get(mark);
        if (flight == null) {
            strays.incrementAndGet();
        } else {
            flight.heard();
        }
    }

    /** Messages heard though everybody had heard them: each a delivery too many. */
    public long strays() {
        return strays.get();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
