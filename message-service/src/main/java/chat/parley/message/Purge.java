package chat.parley.message;

import chat.parley.contracts.RoomId;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes a room's pages with all that belongs to them. From the last page to the first: what is left is a history from
 * its beginning without a gap, so that its end is found again by few looks, after a crash as well, and nothing has to be
 * remembered. Two instances may do the same at once.
 */
@Component
class Purge {

    private static final long NONE = -1;

    private final Pages pages;
    private final PageRemoval removal;
    private final TendedRooms rooms;
    private final PurgeProperties properties;

    Purge(Pages pages, PageRemoval removal, TendedRooms rooms, PurgeProperties properties) {
        this.pages = pages;
        this.removal = removal;
        this.rooms = rooms;
        this.properties = properties;
    }

    /** Removes the last pages of the room, as many as make a turn; false if some are left for the next one. */
    Mono<Boolean> takeTurn(RoomId room) {
        return first(room)
            .flatMap(first -> end(room, first).flatMap(end -> takeTurn(room, first, end)))
            .defaultIfEmpty(true);
    }

    private Mono<Boolean> takeTurn(RoomId room, long first, long end) {
        int now = (int) Math.min(end - first, properties.pagesPerTurn());
        return Flux.range(1, now)
            .map(fromTheEnd -> new PageId(room, end - fromTheEnd))
            .concatMap(page -> removal.remove(page, null).then(Mono.delay(properties.pause())))
            .then(Mono.just(now == end - first));
    }

    /** The first page that is there, since the room may not have kept all; empty if it has none. */
    private Mono<Long> first(RoomId room) {
        return rooms
            .first(room)
            .flatMapMany(noted -> Flux.range(0, TendedRooms.PAGES_BEHIND + 1).map(offset -> noted + offset))
            .concatMap(number -> hasPage(room, number).map(exists -> exists ? number : NONE))
            .filter(number -> number != NONE)
            .next();
    }

    /** The number behind the last page, found by leaps that double, and by halves between the last two. */
    private Mono<Long> end(RoomId room, long first) {
        return atLeast(room, first, 1);
    }

    private Mono<Long> atLeast(RoomId room, long certain, long leap) {
        return hasPage(room, certain + leap - 1).flatMap(more ->
            more ? atLeast(room, certain + leap, 2 * leap) : between(room, certain, certain + leap - 1)
        );
    }

    private Mono<Long> between(RoomId room, long least, long most) {
        if (least == most) {
            return Mono.just(least);
        }
        long middle = least + (most - least) / 2;
        return hasPage(room, middle).flatMap(more ->
            more ? between(room, middle + 1, most) : between(room, least, middle)
        );
    }

    private Mono<Boolean> hasPage(RoomId room, long number) {
        return pages.exists(new PageId(room, number));
    }
}
