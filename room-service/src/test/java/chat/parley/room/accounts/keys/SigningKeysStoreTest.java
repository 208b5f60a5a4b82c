package chat.parley.room.accounts.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.room.OwnSchema;
import chat.parley.room.RoomServiceTest;
import chat.parley.room.Transactions;
import chat.parley.service.security.Secret;
import com.nimbusds.jose.jwk.ECKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** On an empty table of its own, as the running service wants to keep its keys. */
@RoomServiceTest
class SigningKeysStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private R2dbcConnectionDetails postgres;

    private DatabaseClient database;
    private Transactions transactions;

    @BeforeEach
    void anEmptyTable() {
        OwnSchema schema = OwnSchema.with(postgres, "own_keys", "signing_keys");
        database = schema.database();
        transactions = schema.transactions();
    }

    @Test
    void agreesOnOneKeyWhenManyInstancesStartAtOnce() {
        List<String> kids = Flux.range(0, 6)
            .map(_ -> instance("one-secret-0123456789abcdef0123456789"))
            .flatMap(SigningKeys::newest, 6)
            .map(ECKey::getKeyID)
            .collectList()
            .block(PATIENCE);

        assertThat(kids).hasSize(6).containsOnly(kids.getFirst());
    }

    @Test
    void keepsThePrivateHalfFromWhoeverReadsTheDatabase() {
        ECKey key = instance("one-secret-0123456789abcdef0123456789").newest().block(PATIENCE);

        String row = database
            .sql("SELECT public_jwk || encode(sealed, 'escape') AS all_of_it FROM signing_keys")
            .map(columns -> columns.get("all_of_it", String.class))
            .one()
            .block(PATIENCE);

        assertThat(row).contains(key.getX().toString()).doesNotContain(key.getD().toString(), "\"d\"");
    }

    @Test
    void refusesToWorkWithAnotherSecretThanTheOneThatSealedTheKey() {
        instance("one-secret-0123456789abcdef0123456789").newest().block(PATIENCE);

        SigningKeys other = instance("two-secret-0123456789abcdef0123456789");

        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> other.newest().block(PATIENCE));
    }

    private SigningKeys instance(String secret) {
        KeysProperties properties = new KeysProperties(
            new Secret(secret),
            Duration.ofMinutes(15),
            Duration.ofMinutes(1)
        );
        return new SigningKeys(database, transactions, properties, Clock.systemUTC());
    }
}
