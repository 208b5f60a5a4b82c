package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.service.rooms.RoomsProperties;
import chat.parley.service.rounds.Pace;
import chat.parley.service.rounds.Rounds;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Removes what is left of deleted rooms, on the instance that sweeps. Nobody can read it any more, so there is time: it
 * begins when nothing can be on its way to the room any more, and so leaves nothing behind.
 */
@Component
final class Purging extends Rounds {

    private static final Logger log = LoggerFactory.getLogger(Purging.class);
    private static final int ROOMS = 16;
    private static final int AT_ONCE = 4;

    private final DeletedRooms rooms;
    private final Purge purge;
    private final Tails tails;
    private final Sweeper sweeper;
    private final AtomicLong waiting = new AtomicLong();

    Purging(
        DeletedRooms rooms,
        Purge purge,
        Tails tails,
        Sweeper sweeper,
        PurgeProperties properties,
        RoomsProperties memberships,
        LaneProperties lanes,
        MeterRegistry meters
    ) {
        super(Pace.every(properties.every()));
        if (properties.settled().compareTo(longestWay(memberships, lanes)) <= 0) {
            throw new IllegalArgumentException(
                "parley.purge.settled must be longer than parley.rooms.max-age and all that can wait in a lane"
            );
        }
        this.rooms = rooms;
        this.purge = purge;
        this.tails = tails;
        this.sweeper = sweeper;
        meters.gauge("parley.purge.waiting", waiting);
    }

    /** From a membership's being asked for until the last message that it allowed is stored. */
    private static Duration longestWay(RoomsProperties memberships, LaneProperties lanes) {
        int batches = lanes.waiting() / PageId.SIZE + 1;
        return memberships.maxAge().plus(lanes.patience().multipliedBy(batches));
    }

    @Override
    protected Mono<Void> round() {
        return sweeper.isInOffice() ? purge() : Mono.empty();
    }

    /** A turn for each room that is due. */
    Mono<Void> purge() {
        return rooms
            .due(ROOMS)
            .flatMap(room -> purge(room).onErrorResume(Purging::later), AT_ONCE)
            .then(Mono.defer(rooms::count))
            .doOnNext(waiting::set)
            .then();
    }

    private static Mono<Void> later(Throwable failure) {
        log.warn("deleted rooms are emptied later: {}", failure.toString());
        return Mono.empty();
    }

    private Mono<Void> purge(RoomId room) {
        return purge
            .takeTurn(room)
            .flatMap(isEmpty ->
                isEmpty ? tails.forget(room).then(Mono.defer(() -> rooms.remove(room))) : rooms.goesOn(room)
            );
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
