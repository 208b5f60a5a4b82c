package chat.parley.gateway.routing;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import chat.parley.service.problem.Failure;
import chat.parley.service.problem.Unavailable;
import java.io.IOException;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Calls a service: not while its route rests, and twice where the first try did not get an answer and a second one
 * cannot do any harm. What is told to the breaker is how the service did, not how the client did: its end of a broken
 * or slow request is nobody else's fault.
 */
@Component
final class UpstreamCalls implements GlobalFilter, Ordered {

    private static final String RESTING = "A part of the service is out of order right now.";

    /** A route's metadata: whether it takes sockets. */
    private static final String SOCKETS = "sockets";

    private static final String REPEATED = UpstreamCalls.class.getName() + ".repeated";

    private final Upstreams upstreams;

    UpstreamCalls(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /** Around the filters that call services, for sockets and for everything else, and inside all others. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 2;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Route route = exchange.getRequiredAttribute(GATEWAY_ROUTE_ATTR);
        Upstream upstream = upstreams.of(route);
        if (isSocket(exchange)) {
            return route.getMetadata().containsKey(SOCKETS)
                ? open(upstream, exchange, chain)
                : filter(withoutUpgrade(exchange), chain);
        }
        upstream.retries().payIn();
        Mono<Void> once = call(upstream, exchange, chain);
        return isRepeatable(exchange.getRequest().getMethod()) ? repeat(once, upstream, exchange) : once;
    }

    private static boolean isSocket(ServerWebExchange exchange) {
        return "websocket".equalsIgnoreCase(exchange.getRequest().getHeaders().getUpgrade());
    }

    /** A client may offer to speak another protocol anywhere, and need not be taken up on it. */
    private static ServerWebExchange withoutUpgrade(ServerWebExchange exchange) {
        return exchange
            .mutate()
            .request(request -> request.headers(headers -> headers.remove(HttpHeaders.UPGRADE)))
            .build();
    }

    /** A socket lasts: its call is settled when the service has {@linkplain ProxiedSocket taken it}. */
    private Mono<Void> open(Upstream upstream, ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!upstream.letsThrough()) {
            return resting();
        }
        exchange.getAttributes().put(UpstreamCall.ATTRIBUTE, new UpstreamCall(upstream.breaker()));
        return chain.filter(exchange);
    }

    private <T> Mono<T> resting() {
        return Mono.error(() -> new Unavailable(RESTING, upstreams.rest()));
    }

    private Mono<Void> call(Upstream upstream, ServerWebExchange exchange, GatewayFilterChain chain) {
        return Mono.defer(() -> {
            if (!upstream.letsThrough()) {
                return resting();
            }
            UpstreamCall call = new UpstreamCall(upstream.breaker());
            long since = System.nanoTime();
            return chain
                .filter(exchange)
                .doOnSuccess(_ -> settle(call, since, exchange))
                .doOnError(cause -> settle(call, since, exchange, cause))
                .onErrorMap(cause -> isTimeout(cause) && isClients(exchange, cause), _ -> new BodyTooSlow())
                .doOnCancel(call::left);
        });
    }

    private static void settle(UpstreamCall call, long since, ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        long nanos = waited(since, exchange);
        if (status != null && isOutOfOrder(status.value())) {
            call.failed(nanos, new IOException("answered " + status.value()));
        } else {
            call.succeeded(nanos);
        }
        WatchedAnswer.watch(exchange);
    }

    private static boolean isOutOfOrder(int status) {
        return status >= 502 && status <= 504;
    }

    private void settle(UpstreamCall call, long since, ServerWebExchange exchange, Throwable cause) {
        if (cause instanceof Failure || isClients(exchange, cause)) {
            call.left();
        } else {
            call.failed(waited(since, exchange), cause);
        }
    }

    /** A service cannot answer in time what it has not been asked, or only a moment before the time was over. */
    private boolean isClients(ServerWebExchange exchange, Throwable cause) {
        IncomingBody body = IncomingBody.of(exchange);
        return body != null && (body.isBroken() || (isTimeout(cause) && hadLittleTime(body)));
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof ResponseStatusException status && status.getStatusCode().value() == 504;
    }

    private boolean hadLittleTime(IncomingBody body) {
        return !body.isComplete() || System.nanoTime() - body.completeAt() < upstreams.slow().toNanos();
    }

    /** How long the service has had the whole question. */
    private static long waited(long since, ServerWebExchange exchange) {
        IncomingBody body = IncomingBody.of(exchange);
        if (body == null) {
            return System.nanoTime() - since;
        }
        return body.isComplete() ? System.nanoTime() - Math.max(since, body.completeAt()) : 0;
    }

    private static boolean isRepeatable(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private static Mono<Void> repeat(Mono<Void> once, Upstream upstream, ServerWebExchange exchange) {
        Mono<Void> again = Mono.defer(() -> {
            ServerWebExchangeUtils.reset(exchange);
            return once;
        });
        return once
            .then(
                Mono.defer(() -> wantsAgain(exchange) && mayRepeat(upstream, exchange) ? again : Mono.empty())
            )
            .onErrorResume(
                cause -> cause instanceof IOException && mayRepeat(upstream, exchange),
                _ -> again
            );
    }

    /** A service that says when to come back, with {@code Retry-After}, does not want to be asked at once. */
    private static boolean wantsAgain(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        HttpHeaders headers = exchange.getResponse().getHeaders();
        return status != null && status.value() == 503 && !headers.containsHeader(HttpHeaders.RETRY_AFTER);
    }

    private static boolean mayRepeat(Upstream upstream, ServerWebExchange exchange) {
        return (
            !exchange.getResponse().isCommitted() &&
            IncomingBody.of(exchange) == null &&
            exchange.getAttributes().putIfAbsent(REPEATED, true) == null &&
            upstream.retries().takeOut()
        );
    }
}
