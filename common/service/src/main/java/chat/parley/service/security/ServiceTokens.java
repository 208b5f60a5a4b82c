package chat.parley.service.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/** The tokens by which services of the suite know each other: short-lived, signed with their common secret. */
public final class ServiceTokens {

    private static final String AUDIENCE = "parley-internal";
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final Duration RENEW_BEFORE_END = Duration.ofSeconds(30);

    private final String service;
    private final Secret secret;
    private final Clock clock;
    private volatile Minted current = new Minted("", Instant.EPOCH);

    /**
     * @param service the name of the service that calls
     */
    public ServiceTokens(String service, Secret secret, Clock clock) {
        this.service = service;
        this.secret = secret;
        this.clock = clock;
    }

    /** A token that is good for at least another half minute. */
    public String current() {
        Minted minted = current;
        Instant now = clock.instant();
        if (now.isBefore(minted.renewAt)) {
            return minted.token;
        }
        // Two threads may both mint one: both are good.
        Minted fresh = new Minted(mint(now), now.plus(LIFETIME).minus(RENEW_BEFORE_END));
        current = fresh;
        return fresh.token;
    }

    private String mint(Instant now) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
            .subject(service)
            .audience(AUDIENCE)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(secret.bytes()));
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM cannot sign with HMAC-SHA256", e);
        }
        return token.serialize();
    }

    /** Reads what the other services send. */
    static ReactiveJwtDecoder decoder(Secret secret, Duration clockSkew) {
        SecretKey key = new SecretKeySpec(secret.bytes(), "HmacSHA256");
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withSecretKey(key)
            .macAlgorithm(MacAlgorithm.HS256)
            .build();
        decoder.setJwtValidator(
            new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(clockSkew),
                new JwtClaimValidator<Collection<String>>(
                    JwtClaimNames.AUD,
                    audience -> audience != null && audience.contains(AUDIENCE)
                )
            )
        );
        return decoder;
    }

    private record Minted(String token, Instant renewAt) {}
}
