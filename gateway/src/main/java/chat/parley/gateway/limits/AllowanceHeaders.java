package chat.parley.gateway.limits;

import chat.parley.service.problem.Allowance;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Tells callers on every answer what they are still allowed, whoever gives the answer. A service that holds a caller
 * back by a limit of its own is not overruled.
 *
 * <p>A call with a bad token is nobody's call, so it is counted for its address when it has been refused.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class AllowanceHeaders implements WebFilter {

    private static final String ALLOWANCE = Allowance.class.getName();

    private final Holders holders;
    private final Rules rules;
    private final RateLimits limits;

    AllowanceHeaders(Holders holders, Rules rules, RateLimits limits) {
        this.holders = holders;
        this.rules = rules;
        this.limits = limits;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (Rules.areFor(exchange.getRequest())) {
            exchange.getResponse().beforeCommit(() -> complete(exchange));
        }
        return chain.filter(exchange);
    }

    /** What the answer is to tell, should nobody who knows better tell it. */
    static void tell(ServerWebExchange exchange, Mono<Allowance> allowance) {
        exchange.getAttributes().put(ALLOWANCE, allowance);
    }

    private Mono<Void> complete(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        Mono<Allowance> allowance = exchange.getAttribute(ALLOWANCE);
        if (headers.containsHeader(Allowance.LIMIT)) {
            return Mono.empty();
        }
        if (allowance != null) {
            return allowance.doOnNext(told -> told.writeTo(headers)).then();
        }
        return exchange.getResponse().getStatusCode() == HttpStatus.UNAUTHORIZED
            ? count(exchange, headers)
            : Mono.empty();
    }

    private Mono<Void> count(ServerWebExchange exchange, HttpHeaders headers) {
        Claim claim = new Claim(
            holders.ofAddress(exchange.getRequest()),
            rules.forStranger(exchange.getRequest())
        );
        return limits
            .decide(claim)
            .doOnNext(verdict -> verdict.allowance().writeTo(headers))
            .then();
    }
}
