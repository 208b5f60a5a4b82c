package chat.parley.room.accounts.keys;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The public halves of the signing keys, as a JWK set (RFC 7517). */
@RestController
class KeysController {

    private static final CacheControl CACHEABLE = CacheControl.maxAge(
        KeysProperties.PUBLISHED_FOR
    ).cachePublic();

    private final SigningKeys keys;

    KeysController(SigningKeys keys) {
        this.keys = keys;
    }

    @GetMapping("/api/auth/jwks.json")
    Mono<ResponseEntity<Map<String, Object>>> jwks() {
        return keys
            .published()
            .map(all -> ResponseEntity.ok().cacheControl(CACHEABLE).body(new JWKSet(all).toJSONObject(true)));
    }
}
