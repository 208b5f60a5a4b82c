package chat.parley.room.identities;

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

/** An OpenID provider, as far as those who check its tokens see of it. Ends with the JVM. */
final class Issuer {

    private final RSAKey key;
    private final DisposableServer server;

    Issuer() {
        try {
            key = new RSAKeyGenerator(2_048).keyID("outside").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
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

    String uri() {
        return "http://127.0.0.1:" + server.port();
    }

    private String metadata() {
        return """
        {"issuer": "%s", "jwks_uri": "%s/keys", "id_token_signing_alg_values_supported": ["RS256"]}""".formatted(
                uri(),
                uri()
            );
    }

    String token(String subject, Map<String, String> about) {
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
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
