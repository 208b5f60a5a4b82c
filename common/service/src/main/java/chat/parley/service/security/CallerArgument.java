package chat.parley.service.security;

import chat.parley.contracts.UserId;
import org.springframework.core.MethodParameter;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gives controllers their {@link Caller}. */
final class CallerArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Mono<Object> resolveArgument(
        MethodParameter parameter,
        BindingContext bindingContext,
        ServerWebExchange exchange
    ) {
        return ReactiveSecurityContextHolder.getContext()
            .flatMap(context -> Mono.justOrEmpty(context.getAuthentication()))
            .<Object>map(CallerArgument::callerOf)
            .switchIfEmpty(Mono.error(() -> new BadCredentialsException("no token")));
    }

    private static Caller callerOf(Authentication authentication) {
        if (!(authentication instanceof CallerAuthentication caller)) {
            throw new BadCredentialsException("no access token");
        }
        UserId user = caller.user();
        if (user == null) {
            throw new IllegalStateException("this service cannot look up who " + caller.getName() + " is");
        }
        return new Caller(user, caller.getToken().getTokenValue());
    }
}
