package chat.parley.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class RememberedServiceTokensTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");

    private final SetClock clock = new SetClock(START);
    private int checks;

    @Test
    void checksATokenOnceForAsLongAsItIsGood() {
        RememberedServiceTokens tokens = deciding(token -> good(token, START.plusSeconds(60)));

        assertThat(tokens.decode("a").block(PATIENCE)).isSameAs(tokens.decode("a").block(PATIENCE));
        clock.now = START.plusSeconds(59);
        tokens.decode("a").block(PATIENCE);
        assertThat(checks).isEqualTo(1);

        clock.now = START.plusSeconds(60);
        tokens.decode("a").block(PATIENCE);
        assertThat(checks).isEqualTo(2);
    }

    @Test
    void knowsATokenByAllOfIt() {
        RememberedServiceTokens tokens = deciding(token -> good(token, START.plusSeconds(60)));

        tokens.decode("a").block(PATIENCE);
        tokens.decode("A").block(PATIENCE);

        assertThat(checks).isEqualTo(2);
    }

    @Test
    void checksAnewWhenTheClockIsSetBack() {
        RememberedServiceTokens tokens = deciding(token -> good(token, START.plusSeconds(60)));
        tokens.decode("a").block(PATIENCE);

        clock.now = START.minusSeconds(1);
        tokens.decode("a").block(PATIENCE);

        assertThat(checks).isEqualTo(2);
    }

    @Test
    void remembersNeitherWhatIsRefusedNorWhatHasNoEnd() {
        RememberedServiceTokens refusing = deciding(_ -> Mono.error(new BadJwtException("no")));
        StepVerifier.create(refusing.decode("a")).expectError(BadJwtException.class).verify(PATIENCE);
        StepVerifier.create(refusing.decode("a")).expectError(BadJwtException.class).verify(PATIENCE);
        assertThat(checks).isEqualTo(2);

        RememberedServiceTokens endless = deciding(token -> good(token, null));
        endless.decode("a").block(PATIENCE);
        endless.decode("a").block(PATIENCE);
        assertThat(checks).isEqualTo(4);
    }

    private RememberedServiceTokens deciding(Decision decision) {
        return new RememberedServiceTokens(
            token -> {
                checks++;
                return decision.on(token);
            },
            clock
        );
    }

    private static Mono<Jwt> good(String token, @Nullable Instant end) {
        return Mono.just(
            Jwt.withTokenValue(token).header("alg", "HS256").subject("message-service").expiresAt(end).build()
        );
    }

    private interface Decision {
        Mono<Jwt> on(String token);
    }
}
