package chat.parley.message.keys;

import chat.parley.service.sealing.StoredKeys;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Keeps requests waiting until the {@link KeyCheck} has passed, and refuses them if it does not: what is written under
 * keys that do not belong to the store would be lost once the right ones are back. Who looks at readiness sends none.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + KeyGate.AFTER_THE_REQUEST_ID)
class KeyGate implements WebFilter {

    static final int AFTER_THE_REQUEST_ID = 10;

    private final KeyCheck check;

    KeyGate(KeyCheck check) {
        this.check = check;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return check.isPassed() || isOpenToAll(exchange.getRequest().getPath().value())
            ? chain.filter(exchange)
            : check.require().then(Mono.defer(() -> chain.filter(exchange)));
    }

    /** Probes, and who wants to know which keys are needed. */
    private static boolean isOpenToAll(String path) {
        return path.startsWith("/actuator") || path.equals(StoredKeys.PATH);
    }
}
