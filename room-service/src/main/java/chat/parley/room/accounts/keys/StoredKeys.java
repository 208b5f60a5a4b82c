package chat.parley.room.accounts.keys;

import chat.parley.room.Rows;
import com.nimbusds.jose.jwk.ECKey;
import java.time.Instant;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The table of keys. Whoever changes it holds its {@link #lock}; reading goes on meanwhile. */
final class StoredKeys {

    private final DatabaseClient database;

    StoredKeys(DatabaseClient database) {
        this.database = database;
    }

    /** In the order in which they sign. */
    Mono<List<StoredKey>> all() {
        return database
            .sql("SELECT kid, sealed, signs_from FROM signing_keys ORDER BY signs_from, kid")
            .map(row ->
                new StoredKey(
                    Rows.required(row, "kid", String.class),
                    Rows.required(row, "sealed", byte[].class),
                    Rows.required(row, "signs_from", Instant.class)
                )
            )
            .all()
            .collectList();
    }

    Mono<Void> lock() {
        return database.sql("LOCK TABLE signing_keys IN EXCLUSIVE MODE").then();
    }

    Mono<Void> add(ECKey key, StoredKey stored, Instant now) {
        return database
            .sql(
                """
                INSERT INTO signing_keys (kid, public_jwk, sealed, created_at, signs_from)
                VALUES (:kid, :public, :sealed, :now, :from)
                """
            )
            .bind("kid", stored.kid())
            .bind("public", key.toPublicJWK().toJSONString())
            .bind("sealed", stored.sealed())
            .bind("now", now)
            .bind("from", stored.signsFrom())
            .then();
    }

    Mono<Void> replaceSeal(String kid, byte[] sealed) {
        return database
            .sql("UPDATE signing_keys SET sealed = :sealed WHERE kid = :kid")
            .bind("kid", kid)
            .bind("sealed", sealed)
            .then();
    }

    Mono<Void> delete(List<String> kids) {
        return database
            .sql("DELETE FROM signing_keys WHERE kid = ANY(:kids)")
            .bind("kids", kids.toArray(String[]::new))
            .then();
    }
}
