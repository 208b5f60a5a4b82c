package chat.parley.service.security;

import chat.parley.contracts.UserId;
import reactor.core.publisher.Mono;

/** Knows which user here somebody of an outside issuer is; on first sight they become one. */
@FunctionalInterface
public interface Identities {
    /**
     * The same id for the same issuer and subject for ever.
     *
     * @throws chat.parley.service.problem.Unavailable (in the Mono) if it cannot be looked up
     */
    Mono<UserId> idOf(Identity identity);
}
