package chat.parley.room.accounts.keys;

import chat.parley.contracts.UserId;
import chat.parley.service.security.SecurityProperties;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes access tokens: JWTs that every service can check by the public keys. */
@Component
public class AccessTokens {

    private static final String SESSION = "sid";

    private final SigningKeys keys;
    private final String issuer;
    private final Duration lifetime;
    private final Clock clock;

    AccessTokens(SigningKeys keys, SecurityProperties security, KeysProperties properties, Clock clock) {
        this.keys = keys;
        this.issuer = security.issuer();
        this.lifetime = properties.accessTokenLifetime();
        this.clock = clock;
    }

    /** What signs now: to be had before anything is done that would be lost without a token. */
    public Mono<Signing> signing() {
        return keys
            .signer()
            .map(key -> (user, session) -> new AccessToken(sign(user, session, key), lifetime));
    }

    private String sign(UserId user, UUID session, SigningKey key) {
        Instant now = clock.instant();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(JOSEObjectType.JWT)
            .keyID(key.kid())
            .build();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(user.toString())
            .claim(SESSION, session.toString())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(lifetime)))
            .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(key.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM cannot sign with ES256", e);
        }
        return token.serialize();
    }

    /** The session of a token that has been checked; null if it names none, as another issuer's may not. */
    public static @Nullable UUID sessionOf(String checked) {
        try {
            String session = SignedJWT.parse(checked).getJWTClaimsSet().getStringClaim(SESSION);
            return session == null ? null : UUID.fromString(session);
        } catch (ParseException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Makes tokens for a moment, by one key. */
    @FunctionalInterface
    public interface Signing {
        /**
         * @param session the claim {@code sid}, by which the holder's own session is told from their others
         */
        AccessToken issue(UserId user, UUID session);
    }

    /** A token and how long it is good. */
    public record AccessToken(String value, Duration lifetime) {
        @Override
        public String toString() {
            return "AccessToken[…]";
        }
    }
}
