package chat.parley.gateway;

import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/** A service behind the gateway: tells in headers who it is and what it was asked, and misbehaves on demand. */
final class Upstream {

    static final String GREETING = "hello";
    static final int LARGEST_FRAME = 512 * 1024;

    /** The bytes of a long answer. */
    static final int LONG = 300_000;

    private static final Map<String, AtomicInteger> ATTEMPTS = new ConcurrentHashMap<>();

    private final String name;
    private final DisposableServer server;

    private Upstream(String name) {
        this.name = name;
        this.server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes ->
                routes
                    .ws(
                        "/app/{key}",
                        Upstream::echo,
                        WebsocketServerSpec.builder().maxFramePayloadLength(LARGEST_FRAME).build()
                    )
                    .route(_ -> true, this::answer)
            )
            .bindNow();
    }

    static Upstream called(String name) {
        return new Upstream(name);
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** How often all services together were asked in a test's case, which its {@code X-Case} names. */
    static int attempts(String testCase) {
        AtomicInteger attempts = ATTEMPTS.get(testCase);
        return attempts == null ? 0 : attempts.get();
    }

    void stop() {
        server.disposeNow(Duration.ofSeconds(5));
    }

    private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        String behaviour = request.requestHeaders().get("X-Behave", "well");
        int attempt = ATTEMPTS.computeIfAbsent(request.requestHeaders().get("X-Case", ""), _ ->
            new AtomicInteger()
        ).incrementAndGet();
        return switch (behaviour) {
            case "dying-first" -> attempt == 1 ? dead(response) : wellBehaved(request, response);
            case "busy-first" -> attempt == 1
                ? response.status(503).header("X-First", "yes").send().then()
                : wellBehaved(request, response);
            case "busy" -> response.status(503).header("Retry-After", "7").send().then();
            case "slow" -> Mono.delay(Duration.ofMillis(200)).then(
                Mono.defer(() -> wellBehaved(request, response))
            );
            case "resetting" -> Mono.fromRunnable(() ->
                response.withConnection(c -> {
                    c.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                    c.channel().close();
                })
            ).then(Mono.never());
            case "half" -> half(response, 1_000_000);
            case "half-short" -> half(response, 1_000);
            case "silent" -> Mono.never();
            case "dead" -> dead(response);
            case "limiting" -> response
                .status(429)
                .header("RateLimit-Limit", "77")
                .header("Retry-After", "9")
                .send()
                .then();
            case "nothing" -> response.status(204).header("X-Upstream", name).send().then();
            case "long" -> response.sendString(lines()).then();
            case "long-announced" -> response
                .header("Content-Length", Integer.toString(LONG))
                .sendString(lines())
                .then();
            case "sour" -> response.status(418).header("X-Upstream", name).send().then();
            default -> wellBehaved(request, response);
        };
    }

    private static Flux<String> lines() {
        return Flux.range(0, LONG / 1_000).map("%0999d\n"::formatted);
    }

    private static Mono<Void> half(HttpServerResponse response, int announced) {
        return response
            .header("Content-Length", Integer.toString(announced))
            .sendString(Flux.just("x".repeat(10)).concatWith(Mono.error(new IOException("half of it"))))
            .then();
    }

    private static Mono<Void> dead(HttpServerResponse response) {
        return Mono.fromRunnable(() -> response.withConnection(c -> c.channel().close())).then(Mono.never());
    }

    private Mono<Void> wellBehaved(HttpServerRequest request, HttpServerResponse response) {
        return request
            .receive()
            .map(buffer -> (long) buffer.readableBytes())
            .reduce(0L, Long::sum)
            .flatMap(size -> {
                Map<String, String> seen = new TreeMap<>();
                request
                    .requestHeaders()
                    .forEach(header -> seen.put("saw-" + header.getKey(), header.getValue()));
                seen.forEach(response::header);
                return response
                    .header("X-Upstream", name)
                    .header("X-Path", request.uri())
                    .header("X-Body-Size", String.valueOf(size))
                    .header("Content-Type", "application/json")
                    .sendString(Mono.just("{\"data\":\"" + "x".repeat(3_000) + "\"}"))
                    .then();
            });
    }

    /**
     * Speaks first, as realtime-service does, and sends back what it gets; "close N" makes it close with that code.
     */
    private static Mono<Void> echo(WebsocketInbound in, WebsocketOutbound out) {
        Flux<String> texts = in.aggregateFrames(LARGEST_FRAME).receive().asString();
        Mono<Void> echo = texts
            .concatMap(text ->
                text.startsWith("close ")
                    ? out.sendClose(Integer.parseInt(text.substring(6)), "as told")
                    : out.sendString(Mono.just(text)).then()
            )
            .then();
        return out.sendString(Mono.just(GREETING)).then().then(echo);
    }
}
