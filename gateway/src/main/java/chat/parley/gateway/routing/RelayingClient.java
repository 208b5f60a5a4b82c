package chat.parley.gateway.routing;

import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.client.WebSocketClient;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;

/**
 * Shakes hands with the service for a client's socket, and joins the two by the {@link SocketRelay} that the context of the
 * call holds. The handler that is given would hear frames; only what the client asked for is taken from it.
 */
final class RelayingClient implements WebSocketClient {

    private final HttpClient http;

    RelayingClient(HttpClient http) {
        this.http = http;
    }

    @Override
    public Mono<Void> execute(URI url, WebSocketHandler handler) {
        return execute(url, HttpHeaders.EMPTY, handler);
    }

    /** Completes when the socket is closed on both sides; fails if the service does not take it. */
    @Override
    public Mono<Void> execute(URI url, HttpHeaders headers, WebSocketHandler handler) {
        String protocols = StringUtils.collectionToCommaDelimitedString(handler.getSubProtocols());
        return Mono.deferContextual(context ->
            connect(url, headers, protocols, context.get(SocketRelay.class))
        );
    }

    private Mono<Void> connect(URI url, HttpHeaders headers, String protocols, SocketRelay relay) {
        WebsocketClientSpec.Builder spec = WebsocketClientSpec.builder();
        if (!protocols.isEmpty()) {
            spec.protocols(protocols);
        }
        return http
            .headers(sent -> headers.forEach(sent::set))
            .websocket(spec.build())
            .uri(url)
            .handle((taken, _) -> relay.join(taken.withConnection(RelayingClient::mayBeSilent)))
            .then();
    }

    /** What waits for the service's answer would go on waiting, for it does not see what is relayed. */
    private static void mayBeSilent(Connection connection) {
        connection.removeHandler(NettyPipeline.ResponseTimeoutHandler);
    }
}
