package chat.parley.gateway.routing;

import chat.parley.gateway.Origin;
import chat.parley.gateway.TrustedProxies;
import chat.parley.service.request.RequestId;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Tells services what a request is called, and where it came from in {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}: its
 * {@link Origin}, the client first. Whatever others than {@linkplain TrustedProxies trusted proxies} write there is
 * dropped, or a client could claim any address.
 */
@Component
final class ForwardingHeaders implements HttpHeadersFilter, Ordered {

    private static final String X_FORWARDED = "x-forwarded-";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";

    private final TrustedProxies proxies;

    ForwardingHeaders(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /** After the library's own filters, which remove all of these headers. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    /** Of a socket's request. */
    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        HttpHeaders headers = new HttpHeaders();
        input.forEach((name, values) -> {
            if (!isForwarding(name)) {
                headers.addAll(name, values);
            }
        });
        describe(exchange, headers::set);
        return headers;
    }

    /** All headers of a request as a service gets them. */
    void write(ServerWebExchange exchange, io.netty.handler.codec.http.HttpHeaders headers) {
        HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        headers.add(request.requestHeaders());
        ConnectionHeaders.removeFrom(headers);
        headers.remove(HttpHeaderNames.HOST);
        for (Map.Entry<String, String> given : request.requestHeaders()) {
            if (isForwarding(given.getKey())) {
                headers.remove(given.getKey());
            }
        }
        describe(exchange, headers::set);
    }

    private static boolean isForwarding(String name) {
        return (
            name.regionMatches(true, 0, X_FORWARDED, 0, X_FORWARDED.length()) ||
            name.equalsIgnoreCase("forwarded") ||
            name.equalsIgnoreCase("x-real-ip")
        );
    }

    private void describe(ServerWebExchange exchange, BiConsumer<String, String> headers) {
        ServerHttpRequest request = exchange.getRequest();
        Origin origin = Origin.of(request, proxies);
        HttpHeaders believed = proxies.include(origin.peer()) ? request.getHeaders() : HttpHeaders.EMPTY;
        headers.accept(Origin.HEADER, origin.header());
        headers.accept(PROTO, orElse(believed.getFirst(PROTO), request.getURI().getScheme()));
        String host = orElse(believed.getFirst(HOST), request.getHeaders().getFirst(HttpHeaders.HOST));
        if (host != null) {
            headers.accept(HOST, host);
        }
        headers.accept(RequestId.HEADER, RequestId.of(exchange));
    }

    private static @Nullable String orElse(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }
}
