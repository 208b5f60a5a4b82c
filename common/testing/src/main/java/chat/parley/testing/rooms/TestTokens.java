package chat.parley.testing.rooms;

import chat.parley.contracts.UserId;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** Access tokens as room-service signs them, by a key that only this test run knows. */
public final class TestTokens {

    /** Where a service looks for the public key below its room-service's address. */
    static final String JWKS_PATH = "/api/auth/jwks.json";

    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final TestTokens TRUSTED = new TestTokens("parley-test");
    private static final TestTokens STRANGER = new TestTokens("parley-test");

    private final ECKey key;

    private TestTokens(String keyId) {
        try {
            this.key = new ECKeyGenerator(Curve.P_256).keyID(keyId).algorithm(JWSAlgorithm.ES256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM has no P-256", e);
        }
    }

    /** A token that every service takes for the user. */
    public static String of(UserId user) {
        return TRUSTED.sign(user, "parley", Instant.now());
    }

    /** One that was good until a minute ago. */
    public static String expired(UserId user) {
        return TRUSTED.sign(user, "parley", Instant.now().minus(LIFETIME).minusSeconds(60));
    }

    /** One whose key id is right and whose key is not. */
    public static String forged(UserId user) {
        return STRANGER.sign(user, "parley", Instant.now());
    }

    /** One of the right key that was issued by somebody else. */
    public static String fromOtherIssuer(UserId user) {
        return TRUSTED.sign(user, "somebody-else", Instant.now());
    }

    /** The public key, as room-service publishes it. */
    static String jwks() {
        return new JWKSet(TRUSTED.key.toPublicJWK()).toString();
    }

    private String sign(UserId user, String issuer, Instant issued) {
        var claims = new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(user.toString())
            .issueTime(Date.from(issued))
            .expirationTime(Date.from(issued.plus(LIFETIME)))
            .build();
        var token = new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            claims
        );
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM cannot sign with ES256", e);
        }
        return token.serialize();
    }
}
