package chat.parley.message;

import chat.parley.contracts.RoomId;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where what a room has kept begins. The pages say it; nothing but a hint is noted of it. */
@Component
class Beginnings {

    private final Pages pages;
    private final Tails tails;
    private final TendedRooms rooms;

    Beginnings(Pages pages, Tails tails, TendedRooms rooms) {
        this.pages = pages;
        this.tails = tails;
        this.rooms = rooms;
    }

    /** The seq of the oldest message that the room has kept; that of the next one if it has kept none. */
    Mono<Long> firstSeq(RoomId room) {
        return tails
            .current(room)
            .flatMap(tail -> rooms.first(room).flatMap(first -> firstSeq(new PageId(room, first), tail)))
            .defaultIfEmpty(1L);
    }

    private Mono<Long> firstSeq(PageId from, Page tail) {
        return Flux.range(0, Math.toIntExact(tail.id().number() - from.number()) + 1)
            .map(offset -> new PageId(from.room(), from.number() + offset))
            .concatMap(this::firstSeqOn, 1)
            .next()
            .defaultIfEmpty(tail.next());
    }

    private Mono<Long> firstSeqOn(PageId id) {
        return pages
            .document(id)
            .flatMapIterable(ArchivedPage::messages)
            .next()
            .map(message -> message.getLong("seq"));
    }

    /** Whether the room has kept the message with this number, or one before it. */
    Mono<Boolean> reachBackTo(RoomId room, long seq) {
        return seq < 1
            ? Mono.just(false)
            : firstSeqOn(PageId.holding(room, seq))
                  .map(first -> first <= seq)
                  .defaultIfEmpty(false);
    }
}
