package chat.parley.gateway.routing;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import chat.parley.service.problem.Unavailable;
import chat.parley.service.request.RequestId;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Says so when a service cannot be reached, hangs up or takes too long: 503, and when to try again. Answers that
 * services do give, errors among them, pass as they are.
 */
@Component
final class UpstreamFailures implements GlobalFilter, Ordered {

    private static final Logger log = LoggerFactory.getLogger(UpstreamFailures.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Upstreams upstreams;

    UpstreamFailures(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain
            .filter(exchange)
            .onErrorMap(IOException.class, broken -> unavailable(exchange, broken))
            .onErrorMap(TimeoutException.class, late -> unavailable(exchange, late));
    }

    private Throwable unavailable(ServerWebExchange exchange, Exception cause) {
        blame(exchange, cause);
        if (exchange.getResponse().isCommitted()) {
            return cause;
        }
        try (MDC.MDCCloseable _ = RequestId.inLog(exchange)) {
            log.warn("{} is not answered: {}", exchange.getRequest().getPath(), cause.toString());
        }
        return new Unavailable("A part of the service does not answer right now.", RETRY_AFTER);
    }

    /** Half an answer began as a whole one, and was counted so. A client that hangs up is another kind of broken. */
    private void blame(ServerWebExchange exchange, Exception cause) {
        if (cause instanceof AnswerCutOff) {
            Route route = exchange.getRequiredAttribute(GATEWAY_ROUTE_ATTR);
            upstreams.of(route).breaker().onError(0, TimeUnit.NANOSECONDS, cause);
        }
    }
}
