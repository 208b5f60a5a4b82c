package chat.parley.service.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens that were found good a moment ago. One is remembered by all of its characters, until its own end or a
 * short age, whichever comes first; so a key that is withdrawn stops working within that age. What was refused is not
 * remembered: nobody can fill this by inventing tokens.
 */
final class CheckedTokens {

    private final Cache<String, Checked> checked;
    private final Duration maxAge;
    private final Clock clock;

    CheckedTokens(SecurityProperties.Memory properties, Clock clock, MeterRegistry meters) {
        this.maxAge = properties.maxAge();
        this.clock = clock;
        this.checked = Caffeine.newBuilder()
            .maximumSize(properties.maxTokens())
            .expireAfterWrite(properties.maxAge())
            .recordStats()
            .build();
        CaffeineCacheMetrics.monitor(meters, checked, "tokens");
    }

    @Nullable
    CallerAuthentication find(String token) {
        Checked found = checked.getIfPresent(token);
        if (found == null) {
            return null;
        }
        // By the clock on the wall, as tokens end: the cache's own stands still while a machine is suspended.
        if (found.holdsAt(clock.instant())) {
            return found.caller;
        }
        checked.invalidate(token);
        return null;
    }

    /** Remembers it, unless it is about to end or never does. */
    void add(CallerAuthentication caller) {
        Instant end = caller.getToken().getExpiresAt();
        Instant now = clock.instant();
        if (end != null && end.isAfter(now)) {
            Instant oldest = now.plus(maxAge);
            checked.put(
                caller.getToken().getTokenValue(),
                new Checked(caller, now, end.isBefore(oldest) ? end : oldest)
            );
        }
    }

    private record Checked(CallerAuthentication caller, Instant from, Instant until) {
        boolean holdsAt(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }
}
