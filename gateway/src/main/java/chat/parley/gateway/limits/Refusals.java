package chat.parley.gateway.limits;

import chat.parley.service.problem.Allowance;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for how long a claim will be refused, so that refusing it again costs nothing. That is exact, not a guess:
 * others can only take tokens in the meantime, not put any back.
 */
final class Refusals {

    private static final int MOST = 10_000;
    // A bucket may take long to give the next token; whoever configures it anew need not wait for that.
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Cache<Claim, Refusal> refusals;
    private final Ticker ticker;

    Refusals(Ticker ticker) {
        this.ticker = ticker;
        this.refusals = Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(MOST)
            .expireAfterWrite(LONGEST)
            .build();
    }

    void remember(Claim claim, Verdict verdict) {
        if (verdict.retryAfter() != null) {
            refusals.put(claim, new Refusal(verdict, ticker.read()));
        }
    }

    /** The refusal as it is by now; null if the claim may be granted. */
    @Nullable
    Verdict find(Claim claim) {
        Refusal refusal = refusals.getIfPresent(claim);
        return refusal == null ? null : refusal.after(ticker.read());
    }

    private record Refusal(Verdict verdict, long since) {
        @Nullable
        Verdict after(long now) {
            Duration wait = verdict.retryAfter();
            Duration left = wait == null ? Duration.ZERO : wait.minusNanos(now - since);
            if (!left.isPositive()) {
                return null;
            }
            Allowance then = verdict.allowance();
            Duration reset = then.reset().minusNanos(now - since);
            return new Verdict(new Allowance(then.limit(), then.remaining(), reset), left);
        }
    }
}
