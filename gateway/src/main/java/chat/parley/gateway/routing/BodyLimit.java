package chat.parley.gateway.routing;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Ends requests with bodies that are larger than their route takes, by the length they announce, before anything of
 * them is read, or on the way where they announce none; and those that trickle in. Bodies stream through; nothing is
 * held back here.
 */
@Component
final class BodyLimit implements GlobalFilter, Ordered {

    /** The name of a route's own limit in its metadata. */
    private static final String MAX_BODY = "max-body";

    private final DataSize usual;
    private final Pace pace;

    BodyLimit(RoutingProperties properties) {
        this.usual = properties.maxBody();
        this.pace = properties.pace();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Route route = exchange.getRequiredAttribute(GATEWAY_ROUTE_ATTR);
        DataSize limit = limitOf(route);
        ServerHttpRequest request = exchange.getRequest();
        long announced = request.getHeaders().getContentLength();
        if (announced > limit.toBytes()) {
            return Mono.error(new BodyTooLarge(limit));
        }
        return chain.filter(
            IncomingBody.isIn(request) ? IncomingBody.watch(exchange, limit, pace) : exchange
        );
    }

    private DataSize limitOf(Route route) {
        Object own = route.getMetadata().get(MAX_BODY);
        return own == null ? usual : DataSize.parse(own.toString());
    }
}
