package chat.parley.service.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWKSecurityContext;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Flux;

/** Checks of one issuer's tokens by its remembered keys. */
final class TokenDecoders {

    // Access tokens of RFC 9068 call themselves so.
    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private TokenDecoders() {}

    /**
     * @param algorithms what the issuer can sign by; a token of any other is refused before a key is asked for
     */
    static ReactiveJwtDecoder of(
        IssuerKeys keys,
        Set<JWSAlgorithm> algorithms,
        OAuth2TokenValidator<Jwt> rules
    ) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSource(token ->
            keysFor(token, keys, algorithms)
        )
            .jwtProcessorCustomizer(processor -> restrict(processor, algorithms))
            .build();
        decoder.setJwtValidator(rules);
        return decoder;
    }

    private static Flux<JWK> keysFor(SignedJWT token, IssuerKeys keys, Set<JWSAlgorithm> algorithms) {
        return algorithms.contains(token.getHeader().getAlgorithm())
            ? keys.keysFor(token.getHeader()).flatMapIterable(set -> set.fitting(token.getHeader()))
            : Flux.empty();
    }

    private static void restrict(
        ConfigurableJWTProcessor<JWKSecurityContext> processor,
        Set<JWSAlgorithm> algorithms
    ) {
        processor.setJWSKeySelector(
            new JWSVerificationKeySelector<>(algorithms, new JWKSecurityContextJWKSet())
        );
        processor.setJWSTypeVerifier(
            new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null)
        );
    }
}
