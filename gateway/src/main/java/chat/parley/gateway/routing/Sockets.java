package chat.parley.gateway.routing;

import chat.parley.service.LeavesTheChain;
import chat.parley.service.problem.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerRequest;
import reactor.util.context.Context;

/**
 * The sockets that go through this gateway. When it stops, it takes no more and sends away those it has, with a code
 * on which Pusher's clients connect again at once, to another gateway: not all in the same moment, for that one's sake.
 */
final class Sockets implements WebSocketService, SmartLifecycle {

    /** 4200 to 4299 mean "connect again immediately" in the Pusher protocol. */
    static final CloseStatus ELSEWHERE = new CloseStatus(4200, "This gateway is going away.");

    /** Before the web server refuses connections, and waits for requests, as which sockets count. */
    private static final int BEFORE_THE_SERVER = SmartLifecycle.DEFAULT_PHASE - 512;

    /** Well within the time that each phase of the shutdown has. */
    private static final Duration SPREAD = Duration.ofSeconds(5);
    private static final Duration GAP = Duration.ofMillis(2);
    private static final Duration GOODBYE_WITHIN = Duration.ofSeconds(1);
    private static final int AT_ONCE = 256;
    private static final Duration NEXT_TRY = Duration.ofSeconds(1);

    private final WebSocketService service;
    private final Set<SocketRelay> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    Sockets(WebSocketService service) {
        this.service = service;
    }

    @Override
    public Mono<Void> handleRequest(ServerWebExchange exchange, WebSocketHandler handler) {
        UpstreamCall call = exchange.getRequiredAttribute(UpstreamCall.ATTRIBUTE);
        if (!running) {
            call.left();
            return Mono.error(new Unavailable("This gateway is going away.", NEXT_TRY));
        }
        HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        mayBeSilent(request);
        return service
            .handleRequest(exchange, new Relayed(handler, request, call))
            .doFinally(_ -> call.left());
    }

    /**
     * The time in which a client has to go on with its request ends with the request, but the server takes the end of one
     * for the socket's, whose client may listen for as long as it likes: the service pings it, and knows when it is gone.
     */
    private static void mayBeSilent(HttpServerRequest request) {
        request.withConnection(connection -> connection.removeHandler(NettyPipeline.ReadTimeoutHandler));
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    @LeavesTheChain("the process ends, and nobody is there to wait for this but the callback")
    public void stop(Runnable callback) {
        running = false;
        sendAllAway()
            .doFinally(_ -> callback.run())
            .subscribe();
    }

    private Mono<Void> sendAllAway() {
        List<SocketRelay> all = List.copyOf(open);
        Duration gap = all.isEmpty() ? GAP : SPREAD.dividedBy(all.size());
        return Flux.fromIterable(all)
            .delayElements(gap.compareTo(GAP) < 0 ? gap : GAP)
            .flatMap(Sockets::sendAway, AT_ONCE)
            .then();
    }

    private static Mono<Void> sendAway(SocketRelay relay) {
        return relay.sendAway(ELSEWHERE).timeout(GOODBYE_WITHIN).onErrorComplete();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_SERVER;
    }

    /** Keeps the socket in mind while it is open, and has a relay ready for who connects it to the service. */
    private final class Relayed implements WebSocketHandler {

        private final WebSocketHandler connecting;
        private final HttpServerRequest request;
        private final UpstreamCall call;

        Relayed(WebSocketHandler connecting, HttpServerRequest request, UpstreamCall call) {
            this.connecting = connecting;
            this.request = request;
            this.call = call;
        }

        @Override
        public List<String> getSubProtocols() {
            return connecting.getSubProtocols();
        }

        @Override
        public Mono<Void> handle(WebSocketSession session) {
            SocketRelay relay = new SocketRelay(request, () -> call.succeeded(0));
            open.add(relay);
            return connecting
                .handle(session)
                .contextWrite(Context.of(SocketRelay.class, relay))
                .doOnError(cause -> call.failed(0, cause))
                .doFinally(_ -> open.remove(relay));
        }
    }
}
