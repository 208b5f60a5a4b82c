package chat.parley.service.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Checks a service's token once: the same one comes with each of its calls for half a minute. It is remembered by all
 * of its characters and no longer than it is good; what was refused is not remembered.
 */
final class RememberedServiceTokens implements ReactiveJwtDecoder {

    /** Each instance of a service shows one or two at a time. */
    private static final int MOST = 1_000;

    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final ReactiveJwtDecoder decoder;
    private final Clock clock;
    private final Cache<String, Checked> checked = Caffeine.newBuilder()
        .maximumSize(MOST)
        .expireAfterWrite(MAX_AGE)
        .build();

    RememberedServiceTokens(ReactiveJwtDecoder decoder, Clock clock) {
        this.decoder = decoder;
        this.clock = clock;
    }

    @Override
    public Mono<Jwt> decode(String token) {
        return Mono.defer(() -> {
            Checked found = checked.getIfPresent(token);
            return found != null && found.holdsAt(clock.instant())
                ? Mono.just(found.token)
                : decoder.decode(token).doOnNext(this::remember);
        });
    }

    private void remember(Jwt token) {
        Instant end = token.getExpiresAt();
        if (end != null) {
            checked.put(token.getTokenValue(), new Checked(token, clock.instant(), end));
        }
    }

    /** By the clock on the wall, as tokens end; should it be set back, the token is checked anew. */
    private record Checked(Jwt token, Instant from, Instant until) {
        boolean holdsAt(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }
}
