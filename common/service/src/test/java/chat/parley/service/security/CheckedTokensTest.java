package chat.parley.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import reactor.core.publisher.Mono;

/** With real signatures, and a clock that goes where the test wants it. */
class CheckedTokensTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SKEW = Duration.ofSeconds(5);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final SetClock clock = new SetClock(NOON);
    private final ECKey key = Tokens.ec("key");
    private final AtomicInteger checks = new AtomicInteger();
    private final ReactiveJwtDecoder decoder = decoder();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private AccessTokenCheck check(int maxTokens, Duration maxAge) {
        return new AccessTokenCheck(
            token -> {
                checks.incrementAndGet();
                return decoder.decode(token);
            },
            null,
            new CheckedTokens(new SecurityProperties.Memory(maxTokens, maxAge, 1), clock, meters)
        );
    }

    private ReactiveJwtDecoder decoder() {
        JwtTimestampValidator time = new JwtTimestampValidator(SKEW);
        time.setClock(clock);
        IssuerKeys keys = new IssuerKeys(
            "parley",
            Mono.just(new KeySet(List.of(key.toPublicJWK()), Set.of(JWSAlgorithm.ES256))),
            new IssuerKeys.Patience(Duration.ofHours(1), Duration.ofHours(2), Duration.ZERO),
            System::nanoTime,
            new SimpleMeterRegistry()
        );
        return TokenDecoders.of(keys, Set.of(JWSAlgorithm.ES256), time);
    }

    @Test
    void areCheckedOnce() {
        AccessTokenCheck check = check(100, Duration.ofMinutes(1));
        String token = token(UserId.random(), NOON.plusSeconds(900));

        assertThat(letsIn(check, token)).isTrue();
        assertThat(letsIn(check, token)).isTrue();

        assertThat(checks).hasValue(1);
        assertThat(
            meters.get("cache.gets").tag("cache", "tokens").tag("result", "hit").functionCounter().count()
        ).isEqualTo(1);
    }

    @Test
    void areCheckedAgainAfterAMinute() {
        AccessTokenCheck check = check(100, Duration.ofMinutes(1));
        String token = token(UserId.random(), NOON.plusSeconds(900));
        letsIn(check, token);

        clock.now = NOON.plusSeconds(59);
        letsIn(check, token);
        assertThat(checks).hasValue(1);
        clock.now = NOON.plusSeconds(60);
        letsIn(check, token);

        assertThat(checks).hasValue(2);
    }

    @Test
    void areCheckedAgainOnceTheyHaveEnded() {
        AccessTokenCheck check = check(100, Duration.ofMinutes(1));
        String token = token(UserId.random(), NOON.plusSeconds(10));
        letsIn(check, token);

        clock.now = NOON.plusSeconds(10);
        assertThat(letsIn(check, token)).as("within the skew, as without a memory").isTrue();
        assertThat(checks).hasValue(2);
        clock.now = NOON.plusSeconds(10).plus(SKEW).plusMillis(1);

        assertThat(letsIn(check, token)).isFalse();
    }

    @Test
    void areNotRememberedWhenTheyWereRefused() {
        AccessTokenCheck check = check(100, Duration.ofMinutes(1));
        String forged = Tokens.signed(Tokens.ec("key"), Tokens.claims("parley", "x").build());

        assertThat(letsIn(check, forged)).isFalse();
        assertThat(letsIn(check, forged)).isFalse();

        assertThat(checks).hasValue(2);
    }

    @Test
    void areTakenByAllTheirCharacters() {
        AccessTokenCheck check = check(1_000, Duration.ofMinutes(1));
        String token = token(UserId.random(), NOON.plusSeconds(900));
        letsIn(check, token);
        Random random = new Random(7);

        List<String> changed = IntStream.range(0, token.length())
            .filter(at -> token.charAt(at) != '.')
            .mapToObj(
                at -> token.substring(0, at) + other(token.charAt(at), random) + token.substring(at + 1)
            )
            .toList();

        for (String another : changed) {
            int before = checks.get();
            letsIn(check, another);
            assertThat(checks).as("%s is looked at for itself", another).hasValue(before + 1);
        }
    }

    private static char other(char given, Random random) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char chosen = alphabet.charAt(random.nextInt(alphabet.length()));
        return chosen == given ? other(given, random) : chosen;
    }

    /** Whatever the order of tokens and times, also backwards: the memory lets nobody in whom a check would not. */
    @Test
    void neverOutliveWhatACheckWouldSay() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        AccessTokenCheck check = check(20, Duration.ofSeconds(30));
        Map<String, Instant> ends = new HashMap<>();
        Map<String, String> owners = new HashMap<>();
        for (int n = 0; n < 40; n++) {
            UserId user = UserId.random();
            Instant end = NOON.plusSeconds(random.nextInt(1, 120));
            String token = token(user, end);
            ends.put(token, end);
            owners.put(token, user.toString());
        }
        List<String> tokens = List.copyOf(ends.keySet());

        for (int step = 0; step < 4_000; step++) {
            clock.now = clock.now.plusMillis(random.nextInt(-2_000, 2_100));
            String token = tokens.get(random.nextInt(tokens.size()));
            // As JwtTimestampValidator has it: good until the skew has passed as well.
            boolean good = !clock.now.minus(SKEW).isAfter(ends.get(token));
            String name = nameOf(check, token);

            assertThat(name)
                .as("seed %d, step %d, %s at %s", seed, step, ends.get(token), clock.now)
                .isEqualTo(good ? owners.get(token) : "refused");
        }
        assertThat(checks).hasValueLessThan(4_000);
    }

    private boolean letsIn(AccessTokenCheck check, String token) {
        return !nameOf(check, token).equals("refused");
    }

    private static String nameOf(AccessTokenCheck check, String token) {
        return check
            .authenticate(new BearerTokenAuthenticationToken(token))
            .map(java.security.Principal::getName)
            .onErrorReturn(AuthenticationException.class, "refused")
            .block(PATIENCE);
    }

    private String token(UserId user, Instant end) {
        return Tokens.signed(
            key,
            Tokens.claims("parley", user.toString())
                .issueTime(Date.from(NOON))
                .expirationTime(Date.from(end))
                .build()
        );
    }
}
