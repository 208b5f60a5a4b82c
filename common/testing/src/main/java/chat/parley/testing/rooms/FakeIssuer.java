package chat.parley.testing.rooms;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** An OpenID provider over real HTTP, as far as those see of it who check its tokens. Ends with the JVM. */
public final class FakeIssuer {

    private final RSAKey key;
    private final DisposableServer server;

    private FakeIssuer() {
        try {
            key = new RSAKeyGenerator(2_048).keyID("outside").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM has no RSA", e);
        }
        server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes ->
                routes
                    .get("/.well-known/openid-configuration", (_, response) ->
                        response.sendString(Mono.fromSupplier(this::metadata))
                    )
                    .get("/keys", (_, response) ->
                        response.sendString(Mono.just(new JWKSet(key.toPublicJWK()).toString(true)))
                    )
            )
            .bindNow();
    }

    /** One on a free port of the loopback interface. */
    public static FakeIssuer start() {
        return new FakeIssuer();
    }

    /** Its {@code iss}. */
    public String uri() {
        return "http://127.0.0.1:" + server.port();
    }

    private String metadata() {
        return """
        {"issuer": "%s", "jwks_uri": "%s/keys", "id_token_signing_alg_values_supported": ["RS256"]}""".formatted(
                uri(),
                uri()
            );
    }

    /**
     * An access token of ten minutes for the audience {@code parley}.
     *
     * @param about more claims, such as {@code preferred_username}
     */
    public String token(String subject, Map<String, String> about) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
            .issuer(uri())
            .subject(subject)
            .audience("parley")
            .expirationTime(Date.from(Instant.now().plusSeconds(600)));
        about.forEach(claims::claim);
        SignedJWT token = new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
            claims.build()
        );
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM cannot sign with RS256", e);
        }
        return token.serialize();
    }
}
