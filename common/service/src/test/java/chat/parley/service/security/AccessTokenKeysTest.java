package chat.parley.service.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

class AccessTokenKeysTest {

    @Test
    void areNotWaitedForForEver() throws JOSEException {
        String token = token();
        DisposableServer silent = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((_, _) -> Mono.never())
            .bindNow();
        try {
            // Not a bad token, which would be the client's fault: 503, and not 401.
            StepVerifier.create(decoder(silent.port()).decode(token))
                .expectErrorMatches(
                    error -> error instanceof JwtException && !(error instanceof BadJwtException)
                )
                .verify(Duration.ofSeconds(20));
        } finally {
            silent.disposeNow();
        }
    }

    private static ReactiveJwtDecoder decoder(int port) {
        return new SecurityConfiguration().accessTokenDecoder(
            new SecurityProperties(
                "parley",
                URI.create("http://127.0.0.1:" + port + "/jwks.json"),
                Duration.ofSeconds(5),
                new Secret("a-secret-of-this-test-0123456789abcdef")
            ),
            WebClient.builder()
        );
    }

    private static String token() throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("unheard-of").generate();
        SignedJWT token = new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder().subject("ada").issuer("parley").build()
        );
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }
}
