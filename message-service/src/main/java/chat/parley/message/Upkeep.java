package chat.parley.message;

import chat.parley.message.TendedRooms.Tended;
import chat.parley.service.problem.Unavailable;
import chat.parley.service.rounds.Pace;
import chat.parley.service.rounds.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Goes through the old pages of rooms that are due, on the instance that sweeps: first what is no longer kept goes, then
 * the archive gets its own. Every step is conditional on what it saw and leaves the room whole, so that it can end
 * anywhere, and two may do the same at once.
 */
@Component
final class Upkeep extends Rounds {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final int ROOMS = 64;
    private static final int AT_ONCE = 4;

    // What is set elsewhere (a default, a time to archive after) is heeded by then in every room.
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private final TendedRooms rooms;
    private final Tails tails;
    private final Retention retention;
    private final Expiry expiry;
    private final Archiving archiving;
    private final LooseEnds ends;
    private final Sweeper sweeper;
    private final UpkeepProperties properties;
    private final Clock clock;
    private volatile boolean allAreKnown;

    Upkeep(
        TendedRooms rooms,
        Tails tails,
        Retention retention,
        Expiry expiry,
        Archiving archiving,
        LooseEnds ends,
        Sweeper sweeper,
        UpkeepProperties properties,
        Clock clock
    ) {
        super(Pace.every(properties.every()));
        this.rooms = rooms;
        this.tails = tails;
        this.retention = retention;
        this.expiry = expiry;
        this.archiving = archiving;
        this.ends = ends;
        this.sweeper = sweeper;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    protected Mono<Void> round() {
        return ends.settle().then(Mono.defer(() -> sweeper.isInOffice() ? tend() : Mono.empty()));
    }

    /** A turn for each room that is due. */
    Mono<Void> tend() {
        return knowAll()
            .thenMany(rooms.due(ROOMS))
            .flatMap(room -> tend(room).onErrorResume(failure -> later(room, failure)), AT_ONCE)
            .then(Mono.defer(() -> archiving.isOn() ? archiving.archiveReturned() : Mono.empty()));
    }

    private static Mono<Void> later(Tended room, Throwable failure) {
        log.warn("room {} is looked at later: {}", room.room(), failure.toString());
        return Mono.empty();
    }

    /** Once for each start: the time before, nothing may have concerned all rooms. */
    private Mono<Void> knowAll() {
        boolean isNew = !allAreKnown && (archiving.isOn() || retention.concernsAll());
        return isNew ? rooms.lookAtAll().then(Mono.fromRunnable(() -> allAreKnown = true)) : Mono.empty();
    }

    private Mono<Void> tend(Tended room) {
        return tails
            .current(room.room())
            .map(Page::id)
            .flatMap(tail -> tend(room, tail))
            .defaultIfEmpty(new Look(room.archived(), nextOf(Optional.empty())))
            .flatMap(look -> rooms.looked(room, look.archived, look.next));
    }

    private Mono<Look> tend(Tended room, PageId tail) {
        return rooms
            .reachesTo(room.room(), tail.number())
            .then(Mono.defer(() -> expire(room, tail)))
            .flatMap(expired -> archive(room, tail, expired));
    }

    private Mono<Expired> expire(Tended room, PageId tail) {
        return retention
            .of(room.room())
            .flatMap(kept ->
                expiry
                    .takeTurn(room.room(), room.first(), tail, clock.instant().minus(kept))
                    .map(turn -> new Expired(turn.first(), due(turn, kept)))
            )
            .defaultIfEmpty(new Expired(room.first(), null));
    }

    /** Even if there is nothing yet that could grow old, there will be. */
    private Instant due(Expiry.Turn turn, Duration kept) {
        Instant oldest = turn.oldest();
        if (!turn.isOver()) {
            return clock.instant();
        }
        return (oldest == null ? clock.instant() : oldest).plus(kept);
    }

    private Mono<Look> archive(Tended room, PageId tail, Expired expired) {
        long from = Math.max(room.archived(), expired.first);
        return archiving.isOn()
            ? archiving
                  .takeTurn(room.room(), from, tail)
                  .onErrorResume(Unavailable.class, failure -> notNow(room, from, failure))
                  .map(turn -> look(turn, expired))
            : Mono.just(new Look(from, nextOf(Optional.ofNullable(expired.due))));
    }

    /** An S3 store that is away keeps no message beyond its time. */
    private Mono<Archiving.Turn> notNow(Tended room, long from, Throwable failure) {
        return later(room, failure).thenReturn(
            new Archiving.Turn(from, clock.instant().plus(properties.pause()), true)
        );
    }

    private Look look(Archiving.Turn turn, Expired expired) {
        Instant again = turn.isOver() ? turn.due() : clock.instant();
        return new Look(
            turn.next(),
            nextOf(Stream.of(again, expired.due).filter(Objects::nonNull).min(Instant::compareTo))
        );
    }

    /** At once while there is more to do; otherwise not before the pause, and within a day; never if nothing applies. */
    private Optional<Instant> nextOf(Optional<Instant> due) {
        Instant now = clock.instant();
        boolean applies = due.isPresent() || archiving.isOn() || retention.concernsAll();
        return applies
            ? due
                  .map(time -> time.isAfter(now) ? later(time, now.plus(properties.pause())) : now)
                  .map(time -> earlier(time, now.plus(LONGEST_PAUSE)))
                  .or(() -> Optional.of(now.plus(LONGEST_PAUSE)))
            : Optional.empty();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * @param due when something will have grown too old; null if that never happens here
     */
    private record Expired(long first, @Nullable Instant due) {}

    private record Look(long archived, Optional<Instant> next) {}
}
