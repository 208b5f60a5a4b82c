package chat.parley.gateway.limits;

import chat.parley.service.problem.RateLimited;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets a call pass if its caller has not called too often. By now the caller's token, if there is one, is verified. */
@Component
@Order(CountedCalls.AFTER_SECURITY)
final class CountedCalls implements WebFilter {

    /** Spring Security's filter has -100. */
    static final int AFTER_SECURITY = -50;

    private final Holders holders;
    private final Rules rules;
    private final RateLimits limits;

    CountedCalls(Holders holders, Rules rules, RateLimits limits) {
        this.holders = holders;
        this.rules = rules;
        this.limits = limits;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!Rules.areFor(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        return ReactiveSecurityContextHolder.getContext()
            .mapNotNull(SecurityContext::getAuthentication)
            .map(user -> ofUser(exchange, user))
            .switchIfEmpty(Mono.fromSupplier(() -> ofStranger(exchange)))
            .flatMap(claim -> count(claim, exchange, chain));
    }

    private Mono<Void> count(Claim claim, ServerWebExchange exchange, WebFilterChain chain) {
        Mono<Verdict> meanwhile = limits.decideMeanwhile(claim);
        if (meanwhile == null) {
            return limits.decide(claim).flatMap(verdict -> proceed(verdict, exchange, chain));
        }
        // The answer waits for it: its headers tell what this very call has left. The service is asked first, and has
        // something to do while Redis is.
        AllowanceHeaders.tell(exchange, meanwhile.map(Verdict::allowance));
        return Mono.when(chain.filter(exchange), meanwhile);
    }

    private Claim ofUser(ServerWebExchange exchange, Authentication user) {
        return new Claim(holders.of(user), rules.forUser(exchange.getRequest()));
    }

    private Claim ofStranger(ServerWebExchange exchange) {
        return new Claim(holders.ofAddress(exchange.getRequest()), rules.forStranger(exchange.getRequest()));
    }

    private static Mono<Void> proceed(Verdict verdict, ServerWebExchange exchange, WebFilterChain chain) {
        if (verdict.retryAfter() != null) {
            return Mono.error(
                new RateLimited("You call too often.", verdict.allowance(), verdict.retryAfter())
            );
        }
        AllowanceHeaders.tell(exchange, Mono.just(verdict.allowance()));
        return chain.filter(exchange);
    }
}
