package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.sealing.KeyId;
import chat.parley.sealing.Sealer;
import chat.parley.service.rounds.Pace;
import chat.parley.service.rounds.Rounds;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * After the current key has changed, seals anew what older keys have sealed, on the instance that sweeps; and says when
 * no older one is needed any more. It begins when all instances have shown that they seal with the new key and nothing
 * can be on its way under an old one: whatever is written behind its back is under the new one already.
 */
@Component
final class Resealing extends Rounds {

    private static final Logger log = LoggerFactory.getLogger(Resealing.class);

    private final KeyWalks walks;
    private final Renewal renewal;
    private final Tails tails;
    private final TendedRooms rooms;
    private final Lease lease;
    private final Sweeper sweeper;
    private final Sealer sealer;
    private final ResealingProperties properties;
    private final Clock clock;
    private volatile double old = Double.NaN;

    Resealing(
        KeyWalks walks,
        Renewal renewal,
        Tails tails,
        TendedRooms rooms,
        Lease lease,
        Sweeper sweeper,
        Sealer sealer,
        ResealingProperties properties,
        Clock clock,
        MeterRegistry meters
    ) {
        super(Pace.every(properties.every()));
        this.walks = walks;
        this.renewal = renewal;
        this.tails = tails;
        this.rooms = rooms;
        this.lease = lease;
        this.sweeper = sweeper;
        this.sealer = sealer;
        this.properties = properties;
        this.clock = clock;
        Gauge.builder("parley.sealing.old", this, resealing -> resealing.old)
            .description(
                "1 while keys may be needed that do not seal any more, 0 when the current one opens everything"
            )
            .register(meters);
    }

    @Override
    protected Mono<Void> round() {
        return reseal(sweeper.isInOffice());
    }

    /** One turn, if there is anything to do; who does not do it looks whether it is done. */
    Mono<Void> reseal(boolean mine) {
        return Mono.defer(() -> {
            KeyId current = sealer.current();
            return walks
                .last()
                .map(walk -> walk.isFinishedFor(current))
                .defaultIfEmpty(false)
                .doOnNext(done -> old = done ? 0 : 1)
                .filter(done -> mine && !done)
                .flatMap(_ -> lease.allSealWith(current))
                .flatMap(all -> all ? walk(current) : beginAgain(current));
        });
    }

    /** Somebody seals with another key, or does again: then nobody knows what lies behind the walk. */
    private Mono<Void> beginAgain(KeyId current) {
        return walks
            .last()
            .filter(walk -> walk.key().equals(current))
            .flatMap(_ -> walks.begin(KeyWalk.of(current, clock.instant())));
    }

    private Mono<Void> walk(KeyId current) {
        return walks
            .last()
            .filter(walk -> walk.key().equals(current))
            .switchIfEmpty(Mono.defer(() -> begun(current)))
            .filter(walk -> !clock.instant().isBefore(begins(walk)))
            .flatMap(this::takeTurn);
    }

    private Mono<KeyWalk> begun(KeyId current) {
        KeyWalk walk = KeyWalk.of(current, clock.instant());
        log.info(
            "all instances seal with key {}: from {} on what older keys sealed is sealed anew",
            current,
            begins(walk)
        );
        return walks.begin(walk).thenReturn(walk);
    }

    private Instant begins(KeyWalk walk) {
        return walk.since().plus(properties.settled());
    }

    private Mono<Void> takeTurn(KeyWalk from) {
        return Mono.just(from)
            .expand(this::step)
            .take(properties.pagesPerTurn() + 1L)
            .last()
            .flatMap(to -> to.finished() == null ? walks.save(to) : finish(to));
    }

    /** A step more; empty if the turn ends here, and the next one begins here. */
    private Mono<KeyWalk> step(KeyWalk walk) {
        if (walk.finished() != null) {
            return Mono.empty();
        }
        PageId next = walk.next();
        return (next == null ? enter(walk, null) : look(walk, next)).onErrorResume(failure -> {
            log.warn("page {} is sealed anew later: {}", next, failure.toString());
            return Mono.empty();
        });
    }

    private Mono<KeyWalk> look(KeyWalk walk, PageId page) {
        return renewal
            .renew(page, begins(walk))
            .delayElement(properties.pause())
            .flatMap(seen ->
                switch (seen.what()) {
                    case NONE -> pass(walk, page);
                    case KEPT, RENEWED -> Mono.just(walk.past(page, seen));
                    // What is owed is told within moments; until then the old key may be needed for it.
                    case OWING, CHANGED -> Mono.empty();
                }
            );
    }

    /** A room need not have kept its first pages; where there is none and none can come, it ends. */
    private Mono<KeyWalk> pass(KeyWalk walk, PageId missing) {
        return tails
            .noted(missing.room())
            .flatMap(last ->
                missing.number() < last
                    ? Mono.just(walk.past(missing, Renewal.Seen.NO_PAGE))
                    : enter(walk, missing.room())
            );
    }

    private Mono<KeyWalk> enter(KeyWalk walk, @Nullable RoomId last) {
        return tails
            .after(last)
            .flatMap(room -> rooms.first(room).map(first -> walk.into(new PageId(room, first))))
            .switchIfEmpty(Mono.fromSupplier(() -> walk.finished(clock.instant())));
    }

    private Mono<Void> finish(KeyWalk walk) {
        return lease
            .allSealWith(walk.key())
            .flatMap(all ->
                all ? walks.save(walk).then(Mono.fromRunnable(() -> tell(walk))) : beginAgain(walk.key())
            );
    }

    private void tell(KeyWalk walk) {
        old = 0;
        log.info(
            "all that opens is sealed with key {}: {} pages anew; {} messages do not open; older keys are free to go",
            walk.key(),
            walk.renewed(),
            walk.unopened()
        );
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
