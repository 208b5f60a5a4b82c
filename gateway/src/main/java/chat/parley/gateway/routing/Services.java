package chat.parley.gateway.routing;

import chat.parley.gateway.Loop;
import chat.parley.gateway.Loops;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Hands requests on to services, each on the event loop that its client is served by. Spring Cloud Gateway's own filters for
 * this would copy all headers again and again, and take whichever connection is free, mostly another loop's.
 */
@Component
final class Services {

    private final HttpClient client;
    private final Loops loops;
    private final ForwardingHeaders headers;
    private final Map<Loop, HttpClient> clients = new ConcurrentHashMap<>();

    Services(HttpClient client, Loops loops, ForwardingHeaders headers) {
        this.client = client;
        this.loops = loops;
        this.headers = headers;
    }

    /**
     * @return the answer when it has begun; fails with a {@link java.util.concurrent.TimeoutException} when that takes too
     *     long
     */
    Mono<Answer> ask(Upstream upstream, ServerWebExchange exchange) {
        Loop here = loops.here();
        Mono<Answer> answer = send(here, upstream, exchange)
            .responseConnection((head, connection) -> Mono.just(new Answer(head, connection)))
            .single();
        Duration patience = upstream.patience();
        return patience == null ? answer : answer.timeout(patience, here.scheduler());
    }

    private HttpClient.ResponseReceiver<?> send(Loop here, Upstream upstream, ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        HttpClient.RequestSender sender = clientOf(here)
            .headers(all -> headers.write(exchange, all))
            .request(HttpMethod.valueOf(request.getMethod().name()))
            .uri(upstream.address() + pathOf(request.getURI()));
        return IncomingBody.of(exchange) == null
            ? sender
            : sender.send((_, out) -> out.send(request.getBody().map(Services::bytes)));
    }

    /** One a loop: connections are kept apart by what they are made with. */
    private HttpClient clientOf(Loop loop) {
        HttpClient known = clients.get(loop);
        return known == null ? clients.computeIfAbsent(loop, client::runOn) : known;
    }

    private static String pathOf(URI address) {
        String query = address.getRawQuery();
        return query == null ? address.getRawPath() : address.getRawPath() + '?' + query;
    }

    private static ByteBuf bytes(DataBuffer buffer) {
        return NettyDataBufferFactory.toByteBuf(buffer);
    }
}
