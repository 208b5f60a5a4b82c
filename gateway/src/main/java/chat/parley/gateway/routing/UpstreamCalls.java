package chat.parley.gateway.routing;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import chat.parley.service.problem.Failure;
import chat.parley.service.problem.Unavailable;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
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

    /** Tells the filter that opens sockets where. */
    private static final GlobalFilter ADDRESSES_OF_SOCKETS = new RouteToRequestUrlFilter();

    private final Upstreams upstreams;
    private final Services services;

    UpstreamCalls(Upstreams upstreams, Services services) {
        this.upstreams = upstreams;
        this.services = services;
    }

    /** Inside all filters but the one that opens sockets. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 2;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Route route = exchange.getRequiredAttribute(GATEWAY_ROUTE_ATTR);
        Upstream upstream = upstreams.of(route);
        if (isSocket(exchange) && route.getMetadata().containsKey(SOCKETS)) {
            return open(upstream, exchange, chain);
        }
        upstream.retries().payIn();
        Mono<Answer> once = ask(upstream, exchange);
        Mono<Answer> answer = isRepeatable(exchange.getRequest().getMethod())
            ? repeat(once, upstream, exchange)
            : once;
        return answer.flatMap(given -> given.writeTo(exchange.getResponse()));
    }

    private static boolean isSocket(ServerWebExchange exchange) {
        return "websocket".equalsIgnoreCase(exchange.getRequest().getHeaders().getUpgrade());
    }

    /** A socket lasts: its call is settled when the service has {@linkplain SocketRelay taken it}. */
    private Mono<Void> open(Upstream upstream, ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!upstream.letsThrough()) {
            return resting();
        }
        exchange.getAttributes().put(UpstreamCall.ATTRIBUTE, new UpstreamCall(upstream.breaker()));
        return ADDRESSES_OF_SOCKETS.filter(exchange, chain);
    }

    private <T> Mono<T> resting() {
        return Mono.error(() -> new Unavailable(RESTING, upstreams.rest()));
    }

    private Mono<Answer> ask(Upstream upstream, ServerWebExchange exchange) {
        return Mono.defer(() -> {
            if (!upstream.letsThrough()) {
                return resting();
            }
            UpstreamCall call = new UpstreamCall(upstream.breaker());
            long since = System.nanoTime();
            return services
                .ask(upstream, exchange)
                .doOnNext(answer -> settle(call, since, exchange, answer))
                .doOnError(cause -> settle(call, since, exchange, cause))
                .onErrorMap(
                    cause -> cause instanceof TimeoutException && isClients(exchange, cause),
                    _ -> new BodyTooSlow()
                )
                .doOnCancel(call::left);
        });
    }

    private static void settle(UpstreamCall call, long since, ServerWebExchange exchange, Answer answer) {
        long nanos = waited(since, exchange);
        if (isOutOfOrder(answer.status())) {
            call.failed(nanos, new IOException("answered " + answer.status()));
        } else {
            call.succeeded(nanos);
        }
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
        return (
            body != null && (body.isBroken() || (cause instanceof TimeoutException && hadLittleTime(body)))
        );
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

    private static Mono<Answer> repeat(Mono<Answer> once, Upstream upstream, ServerWebExchange exchange) {
        return once
            .flatMap(answer ->
                wantsAgain(answer) && mayRepeat(upstream, exchange)
                    ? instead(answer, once)
                    : Mono.just(answer)
            )
            .onErrorResume(cause -> cause instanceof IOException && mayRepeat(upstream, exchange), _ -> once);
    }

    private static Mono<Answer> instead(Answer answer, Mono<Answer> once) {
        answer.drop();
        return once;
    }

    /** A service that says when to come back, with {@code Retry-After}, does not want to be asked at once. */
    private static boolean wantsAgain(Answer answer) {
        return answer.status() == 503 && !answer.has(HttpHeaders.RETRY_AFTER);
    }

    private static boolean mayRepeat(Upstream upstream, ServerWebExchange exchange) {
        return (
            IncomingBody.of(exchange) == null &&
            exchange.getAttributes().putIfAbsent(REPEATED, true) == null &&
            upstream.retries().takeOut()
        );
    }
}
