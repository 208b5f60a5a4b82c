package chat.parley.gateway.routing;

import chat.parley.gateway.Origin;
import chat.parley.gateway.TrustedProxies;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells services where a request came from, in {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}: its
 * {@link Origin}, the client first. Whatever others than {@linkplain TrustedProxies trusted proxies} write there is
 * dropped, or a client could claim any address.
 */
@Component
final class ForwardingHeaders implements HttpHeadersFilter, Ordered {

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

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        HttpHeaders headers = new HttpHeaders();
        input.forEach((name, values) -> {
            if (!isForwarding(name)) {
                headers.addAll(name, values);
            }
        });
        describe(exchange.getRequest(), headers);
        return headers;
    }

    private static boolean isForwarding(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("forwarded") || lower.startsWith("x-forwarded-") || lower.equals("x-real-ip");
    }

    private void describe(ServerHttpRequest request, HttpHeaders headers) {
        Origin origin = Origin.of(request, proxies);
        HttpHeaders believed = proxies.include(origin.peer()) ? request.getHeaders() : HttpHeaders.EMPTY;
        headers.set(Origin.HEADER, origin.header());
        headers.set(PROTO, orElse(believed.getFirst(PROTO), request.getURI().getScheme()));
        String host = orElse(believed.getFirst(HOST), request.getHeaders().getFirst(HttpHeaders.HOST));
        if (host != null) {
            headers.set(HOST, host);
        }
    }

    private static @Nullable String orElse(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }
}
