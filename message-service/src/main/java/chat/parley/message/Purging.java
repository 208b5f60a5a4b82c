package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.message.DeletedRooms.DeletedRoom;
import chat.parley.service.LeavesTheChain;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes what is left of deleted rooms, on the instance that sweeps. Nobody can read it any more, so that there is
 * time: first all that is there, and when nothing can be on its way to the room any more, what has come since.
 */
@Component
final class Purging implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Purging.class);
    private static final int ROOMS = 16;
    private static final int AT_ONCE = 4;

    private final DeletedRooms rooms;
    private final Purge purge;
    private final Tails tails;
    private final Sweeper sweeper;
    private final PurgeProperties properties;
    private final AtomicLong waiting = new AtomicLong();
    private volatile Disposable purging = Disposables.disposed();

    Purging(
        DeletedRooms rooms,
        Purge purge,
        Tails tails,
        Sweeper sweeper,
        PurgeProperties properties,
        MeterRegistry meters
    ) {
        this.rooms = rooms;
        this.purge = purge;
        this.tails = tails;
        this.sweeper = sweeper;
        this.properties = properties;
        meters.gauge("parley.purge.waiting", waiting);
    }

    @Override
    @LeavesTheChain("Runs as long as the service does.")
    public void start() {
        purging = Flux.interval(properties.every())
            .onBackpressureDrop()
            .filter(_ -> sweeper.isInOffice())
            .concatMap(_ -> round().onErrorResume(Purging::later), 1)
            .subscribe();
    }

    /** A turn for each room that is due. */
    Mono<Void> round() {
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

    private Mono<Void> purge(DeletedRoom room) {
        RoomId id = room.id();
        return purge
            .removeFrom(new PageId(id, 0))
            .flatMap(done -> done && room.emptied() ? removeStrays(room) : Mono.just(done))
            .flatMap(done -> done ? end(room) : rooms.goesOn(id));
    }

    /** Who held the last page in mind went on behind it; who did not began anew, with the first. */
    private Mono<Boolean> removeStrays(DeletedRoom room) {
        return purge.removeFrom(new PageId(room.id(), room.lastPage() + 1));
    }

    private Mono<Void> end(DeletedRoom room) {
        return tails
            .forget(room.id())
            .then(
                Mono.defer(() ->
                    room.emptied()
                        ? rooms.remove(room.id())
                        : rooms.isEmptied(room.id(), properties.settled())
                )
            );
    }

    @Override
    public void stop() {
        purging.dispose();
    }

    @Override
    public boolean isRunning() {
        return !purging.isDisposed();
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
