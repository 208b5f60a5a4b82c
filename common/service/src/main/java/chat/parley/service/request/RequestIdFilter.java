package chat.parley.service.request;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Accepts or makes the request's id, returns it, and hands it to everything that happens on the way; with it, where the
 * request stands in its caller's trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestIdFilter implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String id = RequestId.orNew(exchange.getRequest().getHeaders().getFirst(RequestId.HEADER));
        exchange.getAttributes().put(RequestId.CONTEXT_KEY, id);
        exchange
            .getResponse()
            .beforeCommit(() ->
                Mono.fromRunnable(() -> exchange.getResponse().getHeaders().set(RequestId.HEADER, id))
            );
        return chain
            .filter(exchange)
            .contextWrite(contextOf(id, TraceContext.of(exchange.getRequest().getHeaders())));
    }

    private static Context contextOf(String id, @Nullable TraceContext trace) {
        Context named = Context.of(RequestId.CONTEXT_KEY, id);
        return trace == null ? named : named.put(TraceContext.CONTEXT_KEY, trace);
    }
}
