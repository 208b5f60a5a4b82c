package chat.parley.room.accounts.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.room.OwnSchema;
import chat.parley.room.RoomServiceTest;
import chat.parley.room.Transactions;
import chat.parley.service.security.Secret;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** On an empty table of its own, as the running service wants to keep its keys. */
@RoomServiceTest
class SigningKeysStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ONE = "one-secret-0123456789abcdef0123456789";
    private static final String TWO = "two-secret-0123456789abcdef0123456789";

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
            .map(_ -> instance(ONE))
            .flatMap(SigningKeys::signer, 6)
            .map(SigningKey::kid)
            .collectList()
            .block(PATIENCE);

        assertThat(kids).hasSize(6).containsOnly(kids.getFirst());
    }

    @Test
    void keepsThePrivateHalfFromWhoeverReadsTheDatabase() {
        ECKey key = instance(ONE).signer().block(PATIENCE).key();

        String row = database
            .sql("SELECT public_jwk || encode(sealed, 'escape') AS all_of_it FROM signing_keys")
            .map(columns -> columns.get("all_of_it", String.class))
            .one()
            .block(PATIENCE);

        assertThat(row).contains(key.getX().toString()).doesNotContain(key.getD().toString(), "\"d\"");
    }

    @Test
    void refusesToWorkWithAnotherSecretThanTheOneThatSealedTheKey() {
        instance(ONE).signer().block(PATIENCE);

        SigningKeys other = instance(TWO);

        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> other.signer().block(PATIENCE));
    }

    @Test
    void goesOnAtOnceWithAnotherKeyWhenALeakedOneIsTakenAway() {
        SigningKeys here = instance(ONE);
        SigningKeys there = instance(ONE);
        String leaked = here.signer().block(PATIENCE).kid();
        there.signer().block(PATIENCE);

        database.sql("DELETE FROM signing_keys").then().block(PATIENCE);
        here.tend().block(PATIENCE);
        there.tend().block(PATIENCE);

        String next = here.signer().block(PATIENCE).kid();
        assertThat(next).isNotEqualTo(leaked);
        assertThat(there.signer().block(PATIENCE).kid()).isEqualTo(next);
        assertThat(there.checking(leaked).block(PATIENCE)).isNull();
        assertThat(there.checking(next).block(PATIENCE)).isNotNull();
    }

    @Test
    void findsTheNewKeyOfAnotherInstanceAlsoWhileForgedOnesAreAskedFor() {
        SigningKeys here = instance(ONE);
        here.signer().block(PATIENCE);
        forged()
            .limit(200)
            .forEach(kid -> assertThat(here.checking(kid).block(PATIENCE)).isNull());
        List<Mono<JWK>> questions = new ArrayList<>(forged().limit(500).map(here::checking).toList());

        database.sql("DELETE FROM signing_keys").then().block(PATIENCE);
        String next = instance(ONE).signer().block(PATIENCE).kid();
        questions.add(here.checking(next));
        List<JWK> found = Flux.merge(Flux.fromIterable(questions), questions.size())
            .collectList()
            .block(PATIENCE);

        assertThat(found).extracting(JWK::getKeyID).containsExactly(next);
    }

    @ParameterizedTest
    @ValueSource(
        strings = { "", "x", "../../etc/passwd", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'", "\u0000" }
    )
    void asksNobodyForWhatCannotBeAKey(String kid) {
        SigningKeys here = instance(ONE);
        database.sql("DROP TABLE own_keys.signing_keys").then().block(PATIENCE);

        assertThat(here.checking(kid).block(PATIENCE)).isNull();
        assertThat(here.checking(null).block(PATIENCE)).isNull();
    }

    @Test
    void goesOnCheckingWhileTheDatabaseIsAway() {
        SigningKeys here = instance(ONE);
        String kid = here.signer().block(PATIENCE).kid();
        database.sql("DROP TABLE own_keys.signing_keys").then().block(PATIENCE);

        assertThat(here.checking(kid).block(PATIENCE)).isNotNull();
        StepVerifier.create(here.tend()).expectError().verify(PATIENCE);
        assertThat(here.checking(kid).block(PATIENCE)).isNotNull();
    }

    @Test
    void sealsWithTheNewSecretWhatThePreviousOneHadSealed() {
        String kid = instance(ONE).signer().block(PATIENCE).kid();
        SigningKeys stillOld = instance(ONE);
        stillOld.signer().block(PATIENCE);

        instance(TWO, new Secret(ONE)).tend().block(PATIENCE);

        assertThat(instance(TWO).signer().block(PATIENCE).kid()).isEqualTo(kid);
        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> instance(ONE).signer().block(PATIENCE));
        stillOld.tend().block(PATIENCE);
        assertThat(stillOld.signer().block(PATIENCE).kid()).isEqualTo(kid);
    }

    @Test
    void makesNoNewKeyBecauseItCannotOpenTheOldOne() {
        instance(ONE).signer().block(PATIENCE);

        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> instance(TWO).tend().block(PATIENCE));

        Long keys = database
            .sql("SELECT count(*) AS keys FROM signing_keys")
            .map(row -> row.get("keys", Long.class))
            .one()
            .block(PATIENCE);
        assertThat(keys).isEqualTo(1);
    }

    private static Stream<String> forged() {
        return Stream.generate(() -> (UUID.randomUUID().toString() + UUID.randomUUID()).substring(0, 43));
    }

    private SigningKeys instance(String secret) {
        return instance(secret, null);
    }

    private SigningKeys instance(String secret, @Nullable Secret previous) {
        KeysProperties properties = new KeysProperties(
            new Secret(secret),
            previous,
            Duration.ofMinutes(15),
            Duration.ofDays(30),
            Duration.ofMinutes(15),
            Duration.ofMinutes(1),
            Duration.ofMillis(20)
        );
        return new SigningKeys(database, transactions, properties, Clock.systemUTC());
    }
}
