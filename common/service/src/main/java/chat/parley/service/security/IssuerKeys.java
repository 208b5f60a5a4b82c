package chat.parley.service.security;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JWSHeader;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * An issuer's keys, remembered. They are fetched when the first token comes, behind the callers' backs once they have
 * an age, and early when a token names a key that is not among them; but one fetch at a time, and with a pause after
 * each, whatever tokens come. While the issuer does not answer, its last keys go on working until they are too old.
 */
final class IssuerKeys {

    private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);

    private final String issuer;
    private final Mono<KeySet> published;
    private final Patience patience;
    private final Ticker ticker;
    private final Counter fetched;
    private final Counter failed;

    private @Nullable KeySet known;
    private long knownSince;
    private @Nullable CompletableFuture<KeySet> underWay;
    private @Nullable Throwable lastFailure;
    private long lastEnd;
    private boolean tried;

    /**
     * @param published fetches them; bounded in time and size
     */
    IssuerKeys(
        String issuer,
        Mono<KeySet> published,
        Patience patience,
        Ticker ticker,
        MeterRegistry meters
    ) {
        this.issuer = issuer;
        this.published = published;
        this.patience = patience;
        this.ticker = ticker;
        this.fetched = meters.counter("parley.keys.fetches", "issuer", issuer, "outcome", "fetched");
        this.failed = meters.counter("parley.keys.fetches", "issuer", issuer, "outcome", "failed");
        TimeGauge.builder("parley.keys.age", this, TimeUnit.NANOSECONDS, IssuerKeys::age)
            .tag("issuer", issuer)
            .register(meters);
    }

    /**
     * A set with a key for this header, if the issuer has one; else the present set, which has none.
     *
     * @throws KeysUnavailable (in the Mono) if that cannot be said, for the issuer does not answer
     */
    Mono<KeySet> keysFor(JWSHeader header) {
        return Mono.defer(() -> decide(header));
    }

    private synchronized Mono<KeySet> decide(JWSHeader header) {
        long now = ticker.read();
        KeySet usable = usable(now);
        if (usable != null && !usable.fitting(header).isEmpty()) {
            refreshIfOld(now);
            return Mono.just(usable);
        }
        if (underWay != null || mayFetch(now)) {
            return answerOf(fetch());
        }
        // The last fetch is a moment ago: its outcome holds for this token too.
        return usable == null || lastFailure != null ? Mono.error(this::unavailable) : Mono.just(usable);
    }

    private @Nullable KeySet usable(long now) {
        return known != null && now - knownSince < patience.usableFor.toNanos() ? known : null;
    }

    private void refreshIfOld(long now) {
        if (underWay == null && now - knownSince >= patience.refreshAfter.toNanos() && mayFetch(now)) {
            fetch();
        }
    }

    private boolean mayFetch(long now) {
        return !tried || now - lastEnd >= patience.pause.toNanos();
    }

    private CompletableFuture<KeySet> fetch() {
        CompletableFuture<KeySet> running = underWay;
        if (running != null) {
            return running;
        }
        // Everybody's, and nobody's: it goes on when the one who asked first has gone.
        CompletableFuture<KeySet> started = published.toFuture();
        underWay = started;
        CompletableFuture<KeySet> settled = started.whenComplete(this::settle);
        // Has it ended within toFuture(), then it is settled already; on another thread it waits for this lock.
        if (underWay == started) {
            underWay = settled;
        }
        return settled;
    }

    private synchronized void settle(@Nullable KeySet answer, @Nullable Throwable failure) {
        long now = ticker.read();
        underWay = null;
        tried = true;
        lastEnd = now;
        lastFailure = answer == null && failure == null ? new IllegalStateException("no answer") : failure;
        if (answer != null) {
            known = answer;
            knownSince = now;
            fetched.increment();
        } else {
            failed.increment();
            log.warn("the keys of {} cannot be fetched: {}", issuer, String.valueOf(failure));
        }
    }

    private Mono<KeySet> answerOf(CompletableFuture<KeySet> fetch) {
        return Mono.fromFuture(fetch, true)
            .onErrorMap(failure -> new KeysUnavailable(issuer, failure))
            .switchIfEmpty(Mono.error(this::unavailable));
    }

    private synchronized KeysUnavailable unavailable() {
        return new KeysUnavailable(
            issuer,
            lastFailure == null ? new IllegalStateException("too old") : lastFailure
        );
    }

    private synchronized double age() {
        return known == null ? Double.NaN : ticker.read() - knownSince;
    }

    /**
     * @param refreshAfter from this age on keys are fetched again
     * @param usableFor from this age on they are not used any more
     * @param pause between the end of one fetch and the next
     */
    record Patience(Duration refreshAfter, Duration usableFor, Duration pause) {}
}
