package chat.parley.gateway.limits;

import chat.parley.gateway.Origin;
import chat.parley.gateway.TrustedProxies;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Names those whose calls are counted. */
@Component
final class Holders {

    private final TrustedProxies proxies;

    Holders(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /** The user that a verified token names. */
    String of(Authentication user) {
        return "user:" + user.getName();
    }

    String ofAddress(ServerHttpRequest request) {
        return "address:" + Origin.of(request, proxies).household();
    }
}
