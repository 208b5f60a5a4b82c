package chat.parley.service.security;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/** The OIDC issuer that people sign in at in place of room-service. */
final class OutsideIssuer {

    private final String issuer;
    private final ReactiveJwtDecoder decoder;
    private final @Nullable Identities identities;

    /**
     * @param decoder takes tokens of this issuer and no others
     * @param identities null in a service that only tells callers apart
     */
    OutsideIssuer(String issuer, ReactiveJwtDecoder decoder, @Nullable Identities identities) {
        this.issuer = issuer;
        this.decoder = decoder;
        this.identities = identities;
    }

    /** Whether the token says that it is of this issuer. That is no proof, but decides whose keys it has to pass. */
    boolean claims(String token) {
        try {
            return issuer.equals(SignedJWT.parse(token).getJWTClaimsSet().getIssuer());
        } catch (ParseException e) {
            return false;
        }
    }

    ReactiveJwtDecoder decoder() {
        return decoder;
    }

    /** Whose a token is that the decoder found good. */
    Mono<CallerAuthentication> callerOf(Jwt token) {
        Identity identity = Identity.of(token);
        return identities == null
            ? Mono.just(CallerAuthentication.named(token, identity.key()))
            : identities.idOf(identity).map(user -> CallerAuthentication.of(token, user));
    }
}
