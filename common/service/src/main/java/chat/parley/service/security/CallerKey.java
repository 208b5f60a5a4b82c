package chat.parley.service.security;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.core.publisher.Mono;

/** What tells one signed-in user from another without asking anybody: for limits and figures, not for permissions. */
public final class CallerKey {

    private CallerKey() {}

    /**
     * The same text for the same user in every request, at most 64 characters that need no escaping; empty where
     * nobody is signed in. In a service that looks users up it is their id.
     */
    public static Mono<String> current() {
        return ReactiveSecurityContextHolder.getContext()
            .flatMap(context -> Mono.justOrEmpty(context.getAuthentication()))
            .ofType(CallerAuthentication.class)
            .map(Authentication::getName);
    }
}
