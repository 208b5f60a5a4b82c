package chat.parley.service.security;

import chat.parley.contracts.json.WireJson;
import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Fetches keys from where an issuer publishes them. */
final class PublishedKeys {

    private static final String METADATA = "/.well-known/openid-configuration";

    private final WebClient http;
    private final Duration timeout;

    /**
     * @param timeout for all that one look needs; answers beyond the client's buffer are refused by it
     */
    PublishedKeys(WebClient http, Duration timeout) {
        this.http = http;
        this.timeout = timeout;
    }

    /** The JWK set at this address. */
    Mono<KeySet> at(URI address, Set<JWSAlgorithm> algorithms) {
        return body(address)
            .map(jwks -> KeySet.parse(jwks, algorithms))
            .timeout(timeout);
    }

    /**
     * The JWK set that an issuer's metadata leads to, as OpenID Connect Discovery 1.0 has it. The metadata says by
     * what ID tokens are signed; issuers sign their access tokens in the same ways.
     */
    Mono<KeySet> discovered(String issuer) {
        return body(URI.create(issuer.replaceFirst("/$", "") + METADATA))
            .map(body -> WireJson.mapper().readValue(body, Metadata.class))
            .flatMap(metadata -> at(metadata.keysOf(issuer), metadata.algorithms()))
            .timeout(timeout);
    }

    // As text: issuers name the type of a JWK set in many ways.
    private Mono<String> body(URI address) {
        return http
            .get()
            .uri(address)
            .retrieve()
            .bodyToMono(String.class)
            .switchIfEmpty(Mono.error(() -> new IllegalArgumentException("nothing is at " + address)));
    }

    private record Metadata(
        @Nullable String issuer,
        @Nullable String jwksUri,
        @Nullable List<String> idTokenSigningAlgValuesSupported
    ) {
        /** Section 4.3 wants the issuer's name repeated to the letter: whoever answers for another one is none. */
        URI keysOf(String expected) {
            if (!expected.equals(issuer)) {
                throw new IllegalArgumentException("the metadata is of " + issuer);
            }
            if (jwksUri == null || (expected.startsWith("https:") && !jwksUri.startsWith("https:"))) {
                throw new IllegalArgumentException("the metadata leads to no keys: " + jwksUri);
            }
            return URI.create(jwksUri);
        }

        /** RS256 is what every OpenID provider must know. */
        Set<JWSAlgorithm> algorithms() {
            List<String> named = idTokenSigningAlgValuesSupported == null
                ? List.of("RS256")
                : idTokenSigningAlgValuesSupported;
            Set<JWSAlgorithm> checkable = named
                .stream()
                .map(JWSAlgorithm::parse)
                .filter(KeySet.CHECKABLE::contains)
                .collect(Collectors.toUnmodifiableSet());
            if (checkable.isEmpty()) {
                throw new IllegalArgumentException("none of these algorithms can be checked: " + named);
            }
            return checkable;
        }
    }
}
