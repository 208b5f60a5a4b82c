package chat.parley.gateway.limits;

import chat.parley.service.problem.Allowance;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The buckets as this gateway alone knows them: what is left of the limits while Redis is away or late. Whoever has not called
 * for a while is forgotten, and so is, beyond {@value #MOST_HOLDERS} holders, whoever is least likely to come back.
 */
final class LocalBuckets {

    private static final int MOST_HOLDERS = 50_000;
    private static final Duration FORGET_AFTER = Duration.ofMinutes(10);
    private static final double NANOS = 1_000;

    private final Cache<String, Held> holders;
    private final Ticker ticker;

    LocalBuckets(Ticker ticker) {
        this.ticker = ticker;
        this.holders = Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(MOST_HOLDERS)
            .expireAfterAccess(FORGET_AFTER)
            .build();
    }

    Verdict take(Claim claim) {
        Held held = holders.get(claim.holder(), _ -> new Held());
        return held.take(claim.rule(), ticker.read() / NANOS);
    }

    /** One holder's buckets: of each, when it will be full again if nobody takes anything. */
    private static final class Held {

        private final Map<String, Double> fullAt = new HashMap<>();

        synchronized Verdict take(Rule rule, double now) {
            Fill tightest = null;
            for (Bucket bucket : rule.buckets()) {
                Fill fill = Fill.of(bucket, fullAt.getOrDefault(bucket.name(), now) - now);
                if (tightest == null || fill.isTighterThan(tightest)) {
                    tightest = fill;
                }
            }
            if (tightest == null) {
                throw new IllegalArgumentException("a rule without a bucket");
            }
            if (tightest.lacks() == 0) {
                rule.buckets().forEach(bucket -> spend(bucket, now));
            }
            return tightest.verdict();
        }

        private void spend(Bucket bucket, double now) {
            fullAt.merge(bucket.name(), now, Math::max);
            fullAt.merge(bucket.name(), bucket.micros(), Double::sum);
        }
    }

    /**
     * How full a bucket is with the claimed token taken, or, if there is none, without.
     *
     * @param missing the microseconds until it is full
     * @param lacks the microseconds until it has a token; zero if it had
     */
    private record Fill(long limit, long remaining, double missing, double lacks) {
        static Fill of(Bucket bucket, double missing) {
            double all = bucket.burst() * bucket.micros();
            double before = Math.clamp(missing, 0, all);
            double after = before + bucket.micros();
            if (after > all) {
                return new Fill(bucket.burst(), 0, before, after - all);
            }
            // A hair more than nothing, or what is exactly one token would now and then be none.
            long remaining = (long) Math.floor((all - after) / bucket.micros() + 1e-9);
            return new Fill(bucket.burst(), remaining, after, 0);
        }

        boolean isTighterThan(Fill other) {
            return lacks != other.lacks ? lacks > other.lacks : remaining < other.remaining;
        }

        Verdict verdict() {
            Allowance allowance = new Allowance(limit, remaining, micros(missing));
            return new Verdict(allowance, lacks == 0 ? null : micros(lacks));
        }
    }

    private static Duration micros(double micros) {
        return Duration.ofNanos((long) Math.ceil(micros * NANOS));
    }
}
