package chat.parley.room.accounts.keys;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.room.OwnSchema;
import chat.parley.room.RoomServiceTest;
import chat.parley.service.security.Secret;
import com.nimbusds.jose.jwk.JWK;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import reactor.core.publisher.Flux;

/**
 * Hours of an installation whose keys rotate every forty minutes: instances that come and go and whose clocks differ,
 * and verifiers that keep an answer for as long as they may.
 */
@RoomServiceTest
class KeyRotationStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SKEW = Duration.ofSeconds(5);
    private static final KeysProperties PROPERTIES = new KeysProperties(
        new Secret("one-secret-0123456789abcdef0123456789"),
        null,
        Duration.ofMinutes(15),
        Duration.ofMinutes(40),
        Duration.ofMinutes(8),
        Duration.ofMinutes(1),
        Duration.ofMillis(1)
    );

    @Autowired
    private R2dbcConnectionDetails postgres;

    private Instant now = Instant.parse("2027-01-01T00:00:00Z");
    private OwnSchema schema;

    @ParameterizedTest
    @MethodSource("seeds")
    void showsNobodyAGoodTokenThatIsSignedByAKeyTheyDoNotKnow(long seed) {
        schema = OwnSchema.with(postgres, "own_rotation", "signing_keys");
        Random random = new Random(seed);
        List<SigningKeys> instances = new ArrayList<>(
            IntStream.range(0, 3)
                .mapToObj(_ -> instance(random))
                .toList()
        );
        List<Verifier> verifiers = Flux.range(0, 5)
            .map(_ -> new Verifier())
            .collectList()
            .block(PATIENCE);
        List<Token> tokens = new ArrayList<>();
        Set<String> used = new HashSet<>();
        Instant end = now.plus(Duration.ofHours(4));

        while (now.isBefore(end)) {
            now = now.plusSeconds(1 + random.nextInt(60));
            if (random.nextInt(40) == 0) {
                instances.set(random.nextInt(instances.size()), instance(random));
            }
            instances
                .stream()
                .filter(_ -> random.nextInt(3) > 0)
                .forEach(instance -> instance.tend().block(PATIENCE));
            verifiers.forEach(verifier -> verifier.askAgainIfItIsTime(one(instances, random), random));
            String signer = one(instances, random).signer().block(PATIENCE).kid();
            used.add(signer);
            tokens.add(
                new Token(signer, now.plus(PROPERTIES.accessTokenLifetime()).plus(SKEW.multipliedBy(2)))
            );
            tokens.removeIf(token -> token.end.isBefore(now));

            Set<String> needed = tokens.stream().map(Token::kid).collect(Collectors.toSet());
            assertThat(verifiers).allSatisfy(verifier ->
                assertThat(verifier.kids).as("at %s, seed %d", now, seed).containsAll(needed)
            );
            assertThat(needed).allSatisfy(kid ->
                assertThat(one(instances, random).checking(kid).block(PATIENCE)).isNotNull()
            );
        }

        assertThat(used).as("keys in four hours, seed %d", seed).hasSizeBetween(5, 7);
        assertThat(keys()).hasSizeLessThanOrEqualTo(3);
    }

    static List<Long> seeds() {
        return List.of(1L, 2L, new Random().nextLong());
    }

    @Test
    void letsOneOfManyMakeTheNextKey() {
        schema = OwnSchema.with(postgres, "own_rotation", "signing_keys");
        Random random = new Random(3);
        List<SigningKeys> instances = IntStream.range(0, 6)
            .mapToObj(_ -> instance(random))
            .toList();
        instances.forEach(instance -> instance.signer().block(PATIENCE));

        now = now.plus(Duration.ofMinutes(39));
        Flux.fromIterable(instances).flatMap(SigningKeys::tend, 6).blockLast(PATIENCE);

        assertThat(keys()).hasSize(2);
    }

    @Test
    void takesAKeyAwayOnceItsTokensAreOver() {
        schema = OwnSchema.with(postgres, "own_rotation", "signing_keys");
        SigningKeys instance = instance(new Random(4));
        String first = instance.signer().block(PATIENCE).kid();
        now = now.plus(Duration.ofMinutes(33));
        instance.tend().block(PATIENCE);

        now = now.plus(Duration.ofMinutes(8 + 15));
        instance.tend().block(PATIENCE);
        List<String> justOver = keys();
        now = now.plus(Duration.ofMinutes(2));
        instance.tend().block(PATIENCE);

        assertThat(justOver).hasSize(2).contains(first);
        assertThat(keys()).hasSize(1).doesNotContain(first);
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private List<String> keys() {
        return schema
            .database()
            .sql("SELECT kid FROM signing_keys")
            .map(row -> row.get("kid", String.class))
            .all()
            .collectList()
            .block(PATIENCE);
    }

    private SigningKeys instance(Random random) {
        Duration off = Duration.ofMillis(random.nextLong(-SKEW.toMillis(), SKEW.toMillis()));
        return new SigningKeys(
            schema.database(),
            schema.transactions(),
            PROPERTIES,
            new SettableClock(() -> now, off)
        );
    }

    private record Token(String kid, Instant end) {}

    /** Keeps what it was told for five minutes, and not always a moment less. */
    private final class Verifier {

        private Set<String> kids = Set.of();
        private Instant askedAt = Instant.MIN;

        void askAgainIfItIsTime(SigningKeys instance, Random random) {
            if (askedAt.plus(Duration.ofMinutes(5)).isBefore(now) || random.nextInt(20) == 0) {
                askedAt = now;
                kids = instance
                    .published()
                    .block(PATIENCE)
                    .stream()
                    .map(JWK::getKeyID)
                    .collect(Collectors.toSet());
            }
        }
    }
}
