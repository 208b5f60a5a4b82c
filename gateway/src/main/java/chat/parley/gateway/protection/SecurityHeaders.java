package chat.parley.gateway.protection;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Tells browsers what they must not do with our answers. A service that knows better about its own answer, such as
 * media-service about a user's file, says so itself and is not overruled.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class SecurityHeaders implements WebFilter {

    private static final String HSTS = "Strict-Transport-Security";
    private static final String ONE_YEAR = "max-age=31536000; includeSubDomains";

    private final Map<String, String> always;

    SecurityHeaders(CrossOriginProperties properties) {
        this.always = always(properties.mediaSource());
    }

    private static Map<String, String> always(String media) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
            "Content-Security-Policy",
            String.join(
                "; ",
                "default-src 'self'",
                "img-src 'self' blob: data:" + media,
                "media-src 'self' blob:" + media,
                "connect-src 'self' ws: wss:",
                "style-src 'self'",
                "object-src 'none'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
                "form-action 'self'"
            )
        );
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
        return headers;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> complete(exchange)));
        return chain.filter(exchange);
    }

    private void complete(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        always.forEach((name, value) -> setIfAbsent(headers, name, value));
        if (isSecure(exchange.getRequest())) {
            setIfAbsent(headers, HSTS, ONE_YEAR);
        }
        if (isApi(exchange.getRequest())) {
            setIfAbsent(headers, HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    private static void setIfAbsent(HttpHeaders headers, String name, String value) {
        if (!headers.containsHeader(name)) {
            headers.set(name, value);
        }
    }

    /** A client that lies about the protocol deceives nobody but itself, so any proxy's word will do. */
    private static boolean isSecure(ServerHttpRequest request) {
        return (
            "https".equals(request.getURI().getScheme()) ||
            "https".equalsIgnoreCase(request.getHeaders().getFirst("X-Forwarded-Proto"))
        );
    }

    private static boolean isApi(ServerHttpRequest request) {
        return request.getPath().value().startsWith("/api/");
    }
}
