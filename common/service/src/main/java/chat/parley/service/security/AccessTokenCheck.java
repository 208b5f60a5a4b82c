package chat.parley.service.security;

import chat.parley.contracts.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import reactor.core.publisher.Mono;

/**
 * Finds out whose an access token is: by memory, or by its issuer's keys and then, for the people of an outside
 * issuer, by asking which user here they are.
 */
final class AccessTokenCheck implements ReactiveAuthenticationManager {

    private final ReactiveJwtDecoder own;
    private final @Nullable OutsideIssuer outside;
    private final CheckedTokens checked;

    /**
     * @param own takes tokens of room-service and no others
     * @param outside null where there is no other issuer
     */
    AccessTokenCheck(ReactiveJwtDecoder own, @Nullable OutsideIssuer outside, CheckedTokens checked) {
        this.own = own;
        this.outside = outside;
        this.checked = checked;
    }

    @Override
    public Mono<Authentication> authenticate(Authentication authentication) {
        if (!(authentication instanceof BearerTokenAuthenticationToken bearer)) {
            return Mono.empty();
        }
        CallerAuthentication known = checked.find(bearer.getToken());
        return known == null ? check(bearer.getToken()) : Mono.just(known);
    }

    private Mono<Authentication> check(String token) {
        Mono<CallerAuthentication> caller = outside != null && outside.claims(token)
            ? decoded(token, outside.decoder()).flatMap(outside::callerOf)
            : decoded(token, own).map(AccessTokenCheck::userOf);
        return caller.doOnNext(checked::add).cast(Authentication.class);
    }

    private static Mono<Jwt> decoded(String token, ReactiveJwtDecoder decoder) {
        return Mono.defer(() -> decoder.decode(token))
            .onErrorMap(BadJwtException.class, AccessTokenCheck::refused)
            .onErrorMap(JwtException.class, AccessTokenCheck::unavailable)
            // How the decoder says that its source of keys failed.
            .onErrorMap(IllegalStateException.class, AccessTokenCheck::unavailable);
    }

    private static CallerAuthentication userOf(Jwt token) {
        try {
            return CallerAuthentication.of(token, UserId.of(String.valueOf(token.getSubject())));
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private static InvalidBearerTokenException refused(Throwable cause) {
        return new InvalidBearerTokenException("no good token", cause);
    }

    private static AuthenticationServiceException unavailable(Throwable cause) {
        return new AuthenticationServiceException("tokens cannot be checked", cause);
    }
}
