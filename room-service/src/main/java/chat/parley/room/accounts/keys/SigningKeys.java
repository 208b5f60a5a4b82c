package chat.parley.room.accounts.keys;

import chat.parley.room.Transactions;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The installation's ES256 keys, newest first: the first signs, all of them check. They lie in the database with the
 * private half sealed; the first instance that finds none makes one, and all others use that.
 */
@Component
class SigningKeys {

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

    private final DatabaseClient database;
    private final Seal seal;
    private final Clock clock;
    private final Mono<List<ECKey>> known;

    SigningKeys(DatabaseClient database, Transactions transactions, KeysProperties properties, Clock clock) {
        this.database = database;
        this.seal = new Seal(properties.sealKey());
        this.clock = clock;
        this.known = load()
            .filter(keys -> !keys.isEmpty())
            .switchIfEmpty(transactions.run(Mono.defer(this::firstOrThatOfAnotherInstance)))
            .cache(_ -> properties.keysMaxAge(), _ -> Duration.ZERO, () -> Duration.ZERO);
    }

    /** At least one, newest first, with their private halves. */
    Mono<List<ECKey>> all() {
        return known;
    }

    Mono<ECKey> newest() {
        return known.map(List::getFirst);
    }

    private Mono<List<ECKey>> load() {
        return database
            .sql("SELECT kid, sealed FROM signing_keys ORDER BY created_at DESC, kid")
            .map(this::open)
            .all()
            .collectList();
    }

    private Mono<List<ECKey>> firstOrThatOfAnotherInstance() {
        return database
            .sql("LOCK TABLE signing_keys IN EXCLUSIVE MODE")
            .then()
            .then(Mono.defer(this::load))
            .filter(keys -> !keys.isEmpty())
            .switchIfEmpty(Mono.defer(this::add).map(List::of));
    }

    private Mono<ECKey> add() {
        ECKey key = generate();
        log.info("signs access tokens with the new key {}", key.getKeyID());
        return database
            .sql(
                "INSERT INTO signing_keys (kid, public_jwk, sealed, created_at) VALUES (:kid, :public, :sealed, :now)"
            )
            .bind("kid", key.getKeyID())
            .bind("public", key.toPublicJWK().toJSONString())
            .bind("sealed", seal.seal(key.getKeyID(), key.toJSONString().getBytes(StandardCharsets.UTF_8)))
            .bind("now", clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .then()
            .thenReturn(key);
    }

    private static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint(true)
                .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM cannot make EC keys", e);
        }
    }

    private ECKey open(Readable row) {
        String kid = Objects.requireNonNull(row.get("kid", String.class));
        byte[] sealed = Objects.requireNonNull(row.get("sealed", byte[].class));
        try {
            return ECKey.parse(new String(seal.open(kid, sealed), StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new SealBroken(kid, e);
        }
    }
}
