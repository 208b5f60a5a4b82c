package chat.parley.room.identities;

import chat.parley.service.problem.Forbidden;
import chat.parley.service.security.SecurityProperties;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Where people sign in at an outside issuer they have no passwords here, nor sessions, also none from before. */
@Component
class SigningInElsewhere implements WebFilter {

    // Read as the controllers' own addresses are: an encoded letter is no way around.
    private static final List<PathPattern> CLOSED = Stream.of(
        "/api/auth/register",
        "/api/auth/login",
        "/api/auth/refresh",
        "/api/users/me/password"
    )
        .map(PathPatternParser.defaultInstance::parse)
        .toList();

    private final SecurityProperties.Outside outside;

    SigningInElsewhere(SecurityProperties security) {
        this.outside = security.outside();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return outside.isConfigured() && isClosed(exchange.getRequest())
            ? Mono.error(() ->
                  new Forbidden("People of this installation sign in at " + outside.issuerUri() + ".")
              )
            : chain.filter(exchange);
    }

    private static boolean isClosed(ServerHttpRequest request) {
        PathContainer path = request.getPath().pathWithinApplication();
        return CLOSED.stream().anyMatch(call -> call.matches(path));
    }
}
