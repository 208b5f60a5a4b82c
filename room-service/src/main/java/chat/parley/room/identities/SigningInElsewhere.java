package chat.parley.room.identities;

import chat.parley.service.problem.Forbidden;
import chat.parley.service.security.SecurityProperties;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Where people sign in at an outside issuer they have no passwords here, nor sessions, also none from before. */
@Component
class SigningInElsewhere implements WebFilter {

    private static final Set<String> CLOSED = Set.of(
        "/api/auth/register",
        "/api/auth/login",
        "/api/auth/refresh",
        "/api/users/me/password"
    );

    private final SecurityProperties.Outside outside;

    SigningInElsewhere(SecurityProperties security) {
        this.outside = security.outside();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        boolean closed = outside.isConfigured() && CLOSED.contains(exchange.getRequest().getPath().value());
        return closed
            ? Mono.error(() ->
                  new Forbidden("People of this installation sign in at " + outside.issuerUri() + ".")
              )
            : chain.filter(exchange);
    }
}
