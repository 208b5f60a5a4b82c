package chat.parley.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.UserId;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Against a real HTTP server; only the time that keys age by is made. */
class IssuerKeysTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofMillis(800);

    private final ECKey first = Tokens.ec("first");
    private final ECKey second = Tokens.ec("second");
    private final KeyServer server = new KeyServer(first.toPublicJWK());
    private final AtomicLong now = new AtomicLong();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SecurityProperties properties = new SecurityProperties(
        "parley",
        URI.create(server.url() + "/jwks.json"),
        Duration.ofSeconds(5),
        new Secret("a-secret-of-this-test-0123456789abcdef"),
        true,
        new SecurityProperties.Keys(
            TIMEOUT,
            Duration.ofMinutes(5),
            Duration.ofSeconds(3),
            Duration.ofHours(1)
        ),
        new SecurityProperties.Memory(1, Duration.ofNanos(1), 1),
        new SecurityProperties.Outside("", "", null, Duration.ofDays(1))
    );
    private final AccessTokenCheck check = new AccessTokenCheck(
        TokenDecoders.of(
            new IssuerKeys(
                "parley",
                new PublishedKeys(WebClient.create(), TIMEOUT).at(
                    properties.jwkSetUri(),
                    Set.of(JWSAlgorithm.ES256)
                ),
                new IssuerKeys.Patience(
                    properties.keys().refreshAfter(),
                    properties.keys().usableFor(),
                    properties.keys().reloadPause()
                ),
                now::get,
                meters
            ),
            Set.of(JWSAlgorithm.ES256),
            AccessTokenRules.own(properties)
        ),
        null,
        new CheckedTokens(properties.memory(), Clock.systemUTC(), meters)
    );

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void areFetchedOnceForManyTokens() {
        assertThat(outcomes(50, first)).containsOnly(Outcome.LET_IN);

        assertThat(server.asked()).isEqualTo(1);
    }

    @Test
    void areFetchedEarlyForAKeyThatIsNew() {
        assertThat(outcome(first)).isEqualTo(Outcome.LET_IN);
        server.publishes(first.toPublicJWK(), second.toPublicJWK());
        pass(Duration.ofSeconds(3));

        assertThat(outcome(second)).isEqualTo(Outcome.LET_IN);
        assertThat(outcome(first)).isEqualTo(Outcome.LET_IN);
        assertThat(server.asked()).isEqualTo(2);
    }

    @Test
    void areNotFetchedForEachForgedKeyId() {
        assertThat(outcome(first)).isEqualTo(Outcome.LET_IN);
        pass(Duration.ofSeconds(3));

        List<Outcome> outcomes = Flux.range(0, 1_000)
            .flatMap(n -> outcomeOf(token(Tokens.ec("forged-" + n))), 64)
            .collectList()
            .block(PATIENCE);

        assertThat(outcomes).containsOnly(Outcome.REFUSED);
        assertThat(server.asked()).isLessThanOrEqualTo(2);
        assertThat(outcome(first)).isEqualTo(Outcome.LET_IN);
    }

    @Test
    void refuseAWrongKeyIdWithoutAskingAgain() {
        assertThat(outcome(first)).isEqualTo(Outcome.LET_IN);

        assertThat(outcome(second)).isEqualTo(Outcome.REFUSED);

        assertThat(server.asked()).isEqualTo(1);
    }

    @Test
    void refuseAnotherKeyOfTheSameId() {
        assertThat(outcome(Tokens.ec("first"))).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void goOnWorkingWhileNobodyAnswersButNotForEver() {
        assertThat(outcome(first)).isEqualTo(Outcome.LET_IN);
        server.goesAway();

        pass(Duration.ofMinutes(59));
        assertThat(outcome(first)).isEqualTo(Outcome.LET_IN);
        assertThat(outcome(second)).as("who knows").isEqualTo(Outcome.NOT_NOW);
        pass(Duration.ofMinutes(1));
        assertThat(outcome(first)).isEqualTo(Outcome.NOT_NOW);

        server.comesBack();
        pass(Duration.ofSeconds(3));
        assertThat(outcome(first)).isEqualTo(Outcome.LET_IN);
    }

    @Test
    void doNotMakeAnyoneWaitForARefresh() {
        assertThat(outcome(first)).isEqualTo(Outcome.LET_IN);
        Sinks.One<String> slow = Sinks.one();
        server.answers(200, slow.asMono());
        pass(Duration.ofMinutes(6));

        assertThat(outcomes(20, first)).containsOnly(Outcome.LET_IN);

        await()
            .atMost(PATIENCE)
            .until(() -> server.asked() == 2);
        await()
            .atMost(PATIENCE)
            .until(() -> failures() == 1);
        assertThat(outcome(first)).isEqualTo(Outcome.LET_IN);
        assertThat(server.asked()).as("after a pause only").isEqualTo(2);
    }

    @Test
    void areLeftBehindByTheNextRefreshOnceTheyAreWithdrawn() {
        assertThat(outcome(first)).isEqualTo(Outcome.LET_IN);
        server.publishes(second.toPublicJWK());
        pass(Duration.ofMinutes(5));

        assertThat(outcome(first)).isEqualTo(Outcome.LET_IN);

        await()
            .atMost(PATIENCE)
            .until(() -> fetches() == 2);
        assertThat(outcome(first)).isEqualTo(Outcome.REFUSED);
        assertThat(outcome(second)).isEqualTo(Outcome.LET_IN);
    }

    @Test
    void areNotWaitedForForEver() {
        server.answers(200, Mono.never());

        assertThat(outcomes(20, first)).containsOnly(Outcome.NOT_NOW);

        assertThat(server.asked()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "",
            "<html>",
            "[]",
            "{}",
            "{\"keys\": []}",
            "{\"keys\": [{\"kty\": \"oct\", \"kid\": \"first\", \"k\": \"AAECAwQFBgcICQoLDA0ODw\"}]}",
        }
    )
    void areNotReplacedByNonsense(String nonsense) {
        assertThat(outcome(first)).isEqualTo(Outcome.LET_IN);
        server.answers(200, Mono.just(nonsense));
        pass(Duration.ofMinutes(5));

        assertThat(outcome(first)).isEqualTo(Outcome.LET_IN);

        await()
            .atMost(PATIENCE)
            .until(() -> failures() == 1);
        assertThat(outcome(first)).isEqualTo(Outcome.LET_IN);
        assertThat(outcome(second)).isEqualTo(Outcome.NOT_NOW);
    }

    @Test
    void areNotTakenFromAnAnswerWithoutEnd() {
        server.answers(200, Mono.just("x".repeat(5_000_000)));

        assertThat(outcome(first)).isEqualTo(Outcome.NOT_NOW);
    }

    private enum Outcome {
        LET_IN,
        REFUSED,
        NOT_NOW,
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private List<Outcome> outcomes(int times, ECKey... keys) {
        return Flux.range(0, times)
            .flatMap(n -> outcomeOf(token(keys[n % keys.length])), times)
            .collectList()
            .block(PATIENCE);
    }

    private Outcome outcome(ECKey key) {
        return outcomeOf(token(key)).block(PATIENCE);
    }

    private Mono<Outcome> outcomeOf(String token) {
        return check
            .authenticate(new BearerTokenAuthenticationToken(token))
            .map(_ -> Outcome.LET_IN)
            .onErrorReturn(InvalidBearerTokenException.class, Outcome.REFUSED)
            .onErrorReturn(AuthenticationServiceException.class, Outcome.NOT_NOW);
    }

    private static String token(ECKey key) {
        return Tokens.signed(key, Tokens.claims("parley", UserId.random().toString()).build());
    }

    private double fetches() {
        return meters.counter("parley.keys.fetches", "issuer", "parley", "outcome", "fetched").count();
    }

    private double failures() {
        return meters.counter("parley.keys.fetches", "issuer", "parley", "outcome", "failed").count();
    }
}
