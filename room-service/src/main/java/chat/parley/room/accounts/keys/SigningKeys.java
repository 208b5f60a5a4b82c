package chat.parley.room.accounts.keys;

import chat.parley.room.Transactions;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The installation's ES256 keys. One signs, all of them check, and the {@link KeySchedule} says which and how long.
 * They lie in the database with the private half sealed; whoever finds none there makes one, and all others use that.
 */
@Component
class SigningKeys {

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

    // A thumbprint: SHA-256 in base64url (RFC 7638). Whatever else a token names is no key of ours.
    private static final Pattern KID = Pattern.compile("[A-Za-z0-9_-]{43}");
    // Who waits holds a request; more at once than this are forged, and are sent away.
    private static final int MOST_WAITING = 1_000;

    private final StoredKeys stored;
    private final KeyRing ring;
    private final KeySchedule schedule;
    private final Transactions transactions;
    private final KeysProperties properties;
    private final Clock clock;
    private final SharedReads<List<SigningKey>> reads;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();
    private final AtomicLong turns = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();

    SigningKeys(DatabaseClient database, Transactions transactions, KeysProperties properties, Clock clock) {
        this.stored = new StoredKeys(database);
        this.ring = new KeyRing(properties);
        this.schedule = new KeySchedule(properties);
        this.transactions = transactions;
        this.properties = properties;
        this.clock = clock;
        this.reads = new SharedReads<>(Mono.defer(this::read), properties.keysReloadInterval());
    }

    /** The public halves of all, as they were {@link KeysProperties#keysMaxAge} ago at most. */
    Mono<List<JWK>> published() {
        return fresh().map(keys -> keys.stream().map(SigningKey::publicHalf).toList());
    }

    /** The one that signs now. */
    Mono<SigningKey> signer() {
        return fresh().map(keys ->
            keys.get(KeySchedule.signer(keys.stream().map(SigningKey::stored).toList(), clock.instant()))
        );
    }

    // Both wait for the database rather than go on with what it said long ago: that nobody meets a key they do not
    // know rests on nobody being further behind than this.
    private Mono<List<SigningKey>> fresh() {
        return Mono.defer(() -> {
            Known now = known.get();
            return now != null && isFresh(now) ? Mono.just(now.keys) : reads.next();
        });
    }

    private boolean isFresh(Known now) {
        Duration age = Duration.between(now.readAt, clock.instant());
        return !age.isNegative() && age.compareTo(properties.keysMaxAge()) < 0;
    }

    /**
     * The public half of the key of this name, or nothing if there is none. One that is not known here may be another
     * instance's new one, so the database is asked, for all such names together and at most once in an interval.
     *
     * @throws TooManyUnknownKeys (in the Mono) if too many wait for that already
     */
    Mono<JWK> checking(@Nullable String kid) {
        return Mono.defer(() -> {
            if (kid == null || !KID.matcher(kid).matches()) {
                return Mono.empty();
            }
            Known now = known.get();
            JWK found = now == null ? null : publicHalf(now.keys, kid);
            return found == null ? asked(kid) : Mono.just(found);
        });
    }

    private Mono<JWK> asked(String kid) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return Mono.error(TooManyUnknownKeys::new);
        }
        return reads
            .next()
            .doFinally(_ -> waiting.decrementAndGet())
            .flatMap(keys -> Mono.justOrEmpty(publicHalf(keys, kid)));
    }

    private static @Nullable JWK publicHalf(List<SigningKey> keys, String kid) {
        return keys
            .stream()
            .filter(key -> key.kid().equals(kid))
            .map(SigningKey::publicHalf)
            .findFirst()
            .orElse(null);
    }

    /** Reads the keys anew, and does what is due: publishes the next one, takes spent ones away, mends old seals. */
    Mono<Void> tend() {
        return reads
            .next()
            .then(Mono.defer(() -> mendSeals(ring.underOldSeals())))
            .then(Mono.fromSupplier(this::isAnythingDue))
            .filter(due -> due)
            .flatMap(_ ->
                transactions.run(stored.lock().then(Mono.defer(this::doWhatIsDue)).thenReturn(true))
            )
            .flatMap(_ -> reads.next())
            .then();
    }

    private Mono<Void> mendSeals(List<SigningKey> broken) {
        return Flux.fromIterable(broken)
            .concatMap(key -> stored.replaceSeal(key.kid(), ring.sealed(key.key())).thenReturn(key))
            .doOnNext(ring::mended)
            .then();
    }

    private boolean isAnythingDue() {
        Known now = known.get();
        return now != null && isDue(now.stored);
    }

    private boolean isDue(List<StoredKey> keys) {
        Instant now = clock.instant();
        return schedule.wantsNext(keys, now) || !schedule.spent(keys, now).isEmpty();
    }

    private Mono<Void> doWhatIsDue() {
        Instant now = now();
        return stored
            .all()
            .filter(keys -> !keys.isEmpty())
            .flatMap(keys ->
                takeAway(schedule.spent(keys, now)).then(
                    schedule.wantsNext(keys, now) ? add(schedule.signsFrom(now)).then() : Mono.empty()
                )
            );
    }

    private Mono<Void> takeAway(List<String> spent) {
        if (spent.isEmpty()) {
            return Mono.empty();
        }
        log.info("takes the keys {} away, whose tokens are over", spent);
        return stored.delete(spent);
    }

    private Mono<List<SigningKey>> read() {
        long turn = turns.incrementAndGet();
        Instant readAt = clock.instant();
        return stored
            .all()
            .filter(keys -> !keys.isEmpty())
            .switchIfEmpty(Mono.defer(this::firstOrThatOfAnotherInstance))
            .map(keys -> new Known(keys, ring.hold(keys), readAt, turn))
            .doOnNext(this::remember)
            .map(Known::keys);
    }

    private Mono<List<StoredKey>> firstOrThatOfAnotherInstance() {
        return transactions.run(
            stored
                .lock()
                .then(Mono.defer(stored::all))
                .filter(keys -> !keys.isEmpty())
                .switchIfEmpty(Mono.defer(() -> add(now())).map(List::of))
        );
    }

    private Mono<StoredKey> add(Instant signsFrom) {
        ECKey key = generate();
        StoredKey row = new StoredKey(key.getKeyID(), ring.sealed(key), signsFrom);
        log.info("publishes the new key {}, which signs from {}", row.kid(), signsFrom);
        return stored.add(key, row, now()).thenReturn(row);
    }

    private static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint(true)
                .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM cannot make EC keys", e);
        }
    }

    /** Of two reads at a time, the one that began last has seen more. */
    private void remember(Known latest) {
        known.accumulateAndGet(latest, (before, now) ->
            before != null && now != null && before.turn > now.turn ? before : now
        );
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private record Known(List<StoredKey> stored, List<SigningKey> keys, Instant readAt, long turn) {}

    /** So many tokens name keys that nobody knows that their names cannot be looked up. */
    static final class TooManyUnknownKeys extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyUnknownKeys() {
            super("too many tokens name unknown keys");
        }
    }
}
