package chat.parley.room.accounts.keys;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The public halves of the signing keys, as a JWK set (RFC 7517). */
@RestController
class KeysController {

    private static final CacheControl FIVE_MINUTES = CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

    private final SigningKeys keys;

    KeysController(SigningKeys keys) {
        this.keys = keys;
    }

    @GetMapping("/api/auth/jwks.json")
    Mono<ResponseEntity<Map<String, Object>>> jwks() {
        return keys.all().map(all -> ResponseEntity.ok().cacheControl(FIVE_MINUTES).body(publicHalves(all)));
    }

    private static Map<String, Object> publicHalves(List<ECKey> keys) {
        return new JWKSet(keys.stream().<JWK>map(ECKey::toPublicJWK).toList()).toJSONObject(true);
    }
}
