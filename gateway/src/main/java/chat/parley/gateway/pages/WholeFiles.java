package chat.parley.gateway.pages;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Sends everything but users' files whole, as RFC 9110, section 14.2, leaves to a server. Spring answers a range that
 * a file does not have with the length of all of it and no byte, for which a client waits in vain.
 */
@Component
final class WholeFiles implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (!request.getHeaders().containsHeader(HttpHeaders.RANGE) || isUsersFile(request)) {
            return chain.filter(exchange);
        }
        return chain.filter(exchange.mutate().request(WholeFiles::withoutRange).build());
    }

    private static boolean isUsersFile(ServerHttpRequest request) {
        return request.getPath().value().startsWith("/media/");
    }

    private static void withoutRange(ServerHttpRequest.Builder request) {
        request.headers(headers -> headers.remove(HttpHeaders.RANGE));
    }
}
