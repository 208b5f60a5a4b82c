package chat.parley.message;

import chat.parley.sealing.KeyId;
import chat.parley.sealing.Sealer;
import chat.parley.service.problem.Unavailable;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * This instance's proof of life. Its beats are counted in a document that the sweeper watches; whoever is silent
 * for long is buried: the document goes, and with it the incarnation. A buried instance that lives after all takes
 * a new one. No clock is compared with another machine's.
 */
@Component
final class Lease {

    static final String COLLECTION = "leases";
    static final String BEATS = "beats";

    /** The key with which the instance seals. */
    static final String SEALS = "seals";

    private final Store store;
    private final LeaseProperties properties;
    private final Sealer sealer;
    private volatile @Nullable Held held;

    Lease(Store store, LeaseProperties properties, Sealer sealer) {
        if (properties.grace().compareTo(store.timeout()) <= 0) {
            throw new IllegalArgumentException("parley.lease.grace must be longer than parley.store.timeout");
        }
        this.store = store;
        this.properties = properties;
        this.sealer = sealer;
    }

    /**
     * The incarnation to write as.
     *
     * @throws Unavailable (in the Mono) if it cannot be shown that the others take this instance for alive
     */
    Mono<String> require() {
        return Mono.defer(() -> isValid(held) ? confirmed() : beat().then(Mono.defer(this::confirmed)));
    }

    private Mono<String> confirmed() {
        Held now = held;
        return now != null && isValid(now) ? Mono.just(now.incarnation) : Mono.error(Lease::lost);
    }

    /**
     * To be asked right before a write: nobody has been able to take this incarnation's debts over yet, nor will
     * anybody before the write has landed.
     *
     * @throws Unavailable (in the Mono) if that is not certain
     */
    Mono<Void> requireStill(String incarnation) {
        return Mono.defer(() -> {
            Held now = held;
            boolean still = now != null && now.incarnation.equals(incarnation) && isValid(now);
            return still ? Mono.empty() : Mono.error(Lease::lost);
        });
    }

    private static Unavailable lost() {
        return new Unavailable("This instance is being replaced.", Duration.ofSeconds(1));
    }

    /** Whether this instance has gone on as another incarnation. */
    boolean isOver(String incarnation) {
        Held now = held;
        return now != null && !now.incarnation.equals(incarnation);
    }

    private boolean isValid(@Nullable Held lease) {
        return lease != null && System.nanoTime() - lease.since < properties.validFor().toNanos();
    }

    /** Shows a sign of life, or is born. */
    Mono<Void> beat() {
        return Mono.defer(() -> {
            Held now = held;
            return now == null ? born() : renewed(now);
        });
    }

    private Mono<Void> born() {
        Held next = new Held(UUID.randomUUID().toString(), System.nanoTime());
        Document lease = new Document("_id", next.incarnation).append(BEATS, 0L).append(SEALS, seals());
        return store
            .one(COLLECTION, leases -> leases.insertOne(lease))
            .then(Mono.defer(() -> begins(next) ? Mono.empty() : neverWas(next)));
    }

    /** The heartbeat and the first write may be born at once: who comes second goes on as the first. */
    private synchronized boolean begins(Held next) {
        if (held == null) {
            held = next;
        }
        return next.equals(held);
    }

    private Mono<Void> neverWas(Held other) {
        return buried(other.incarnation).onErrorResume(Unavailable.class, _ -> Mono.empty());
    }

    private Mono<Void> renewed(Held now) {
        // Counted from before the asking: the others count from the arrival, which is later.
        Held next = new Held(now.incarnation, System.nanoTime());
        Bson beat = Updates.combine(Updates.inc(BEATS, 1L), Updates.set(SEALS, seals()));
        return store
            .one(COLLECTION, leases -> leases.updateOne(Filters.eq(now.incarnation), beat))
            .doOnNext(result -> held = result.getMatchedCount() == 1 ? next : null)
            .then();
    }

    private String seals() {
        return sealer.current().toString();
    }

    /** Whether all instances, dead ones that nobody has buried yet included, showed last that they seal with this key. */
    Mono<Boolean> allSealWith(KeyId key) {
        return store
            .many(COLLECTION, leases -> leases.find())
            .filter(lease -> lease.containsKey(BEATS))
            .all(lease -> key.toString().equals(lease.getString(SEALS)));
    }

    /** Goes in good order: what is left behind may be taken over at once. */
    Mono<Void> release() {
        return Mono.defer(() -> {
            Held now = held;
            held = null;
            return now == null ? Mono.empty() : buried(now.incarnation);
        });
    }

    private Mono<Void> buried(String incarnation) {
        return store.one(COLLECTION, leases -> leases.deleteOne(Filters.eq(incarnation))).then();
    }

    private record Held(String incarnation, long since) {}
}
