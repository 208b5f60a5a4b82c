package chat.parley.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * Tells whose calls need not wait for their verdict, because it is as good as known: whose tightest bucket was more than
 * half full a moment ago, not counting those of their calls that wait for no verdict either. However many others take
 * tokens of the same bucket meanwhile, half a bucket is the most that is let through too much.
 */
final class Leeway {

    private static final int MOST = 10_000;
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Cache<Claim, Seen> seen;
    private final Ticker ticker;

    Leeway(Ticker ticker) {
        this.ticker = ticker;
        this.seen = Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(MOST)
            .expireAfterAccess(MOMENT.multipliedBy(10))
            .build();
    }

    /** Whether a call may go ahead; if so, {@link #leave} has to follow. */
    boolean enter(Claim claim) {
        Seen last = seen.getIfPresent(claim);
        return last != null && last.enter(ticker.read());
    }

    /** There is a verdict on a call that has gone ahead, or never will be. */
    void leave(Claim claim) {
        Seen last = seen.getIfPresent(claim);
        if (last != null) {
            last.leave();
        }
    }

    /** What all gateways together have said. */
    void note(Claim claim, Verdict verdict) {
        seen.get(claim, _ -> new Seen()).note(verdict, ticker.read());
    }

    /** What was left of a claim's tightest bucket, and how many calls have gone ahead. */
    private static final class Seen {

        private long half;
        private long remaining;
        private long at;
        private int ahead;

        synchronized boolean enter(long now) {
            if (now - at > MOMENT.toNanos() || remaining - ahead <= half) {
                return false;
            }
            ahead++;
            return true;
        }

        synchronized void leave() {
            ahead = Math.max(0, ahead - 1);
        }

        synchronized void note(Verdict verdict, long now) {
            half = (verdict.allowance().limit() + 1) / 2;
            remaining = verdict.allowance().remaining();
            at = now;
        }
    }
}
