package chat.parley.service.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** An issuer's end of the wire: its keys over real HTTP, or what goes wrong there. */
final class KeyServer implements AutoCloseable {

    private final AtomicInteger asked = new AtomicInteger();
    private volatile int status = 200;
    private volatile Mono<String> answer = Mono.empty();
    private volatile String metadata = "";
    private DisposableServer server;

    KeyServer(JWK... keys) {
        publishes(keys);
        server = listen(0);
    }

    private DisposableServer listen(int port) {
        return HttpServer.create()
            .host("127.0.0.1")
            .port(port)
            .route(routes ->
                routes
                    .get("/jwks.json", (_, response) -> {
                        asked.incrementAndGet();
                        return response.status(status).sendString(answer);
                    })
                    .get("/realm/.well-known/openid-configuration", (_, response) ->
                        response.sendString(Mono.just(metadata))
                    )
            )
            .bindNow();
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    String issuer() {
        return url() + "/realm";
    }

    void publishes(JWK... keys) {
        status = 200;
        answer = Mono.just(new JWKSet(List.of(keys)).toString(true));
    }

    void answers(int with, Mono<String> body) {
        status = with;
        answer = body;
    }

    /** {@code {"issuer": …}} with the algorithms as given. */
    void describesItself(String issuer, String... algorithms) {
        metadata = """
            {"issuer": "%s", "jwks_uri": "%s/jwks.json", "id_token_signing_alg_values_supported": ["%s"]}""".formatted(
                issuer,
                url(),
                String.join("\", \"", algorithms)
            );
    }

    /** How often the keys have been asked for. */
    int asked() {
        return asked.get();
    }

    void goesAway() {
        server.disposeNow(Duration.ofSeconds(5));
    }

    void comesBack() {
        server = listen(server.port());
    }

    @Override
    public void close() {
        goesAway();
    }
}
