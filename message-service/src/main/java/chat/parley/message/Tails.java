package chat.parley.message;

import chat.parley.contracts.RoomId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.util.Date;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where each room ends. What is kept is a hint that may lag, never lead: a look starts there and walks on over full
 * pages, one page in nearly every case.
 */
@Component
public class Tails {

    static final String COLLECTION = "tails";
    static final String NUMBER = "number";
    private static final String ID = "_id";
    private static final int ROOMS = 100_000;

    private final Store store;
    private final Pages pages;
    private final Clock clock;
    private final Cache<RoomId, Long> hints = Caffeine.newBuilder().maximumSize(ROOMS).build();

    Tails(Store store, Pages pages, Clock clock) {
        this.store = store;
        this.pages = pages;
        this.clock = clock;
    }

    /** The last page of the room as it is now; empty if the room has no messages. */
    public Mono<Page> current(RoomId room) {
        return hint(room).flatMap(number -> current(new PageId(room, number)));
    }

    private Mono<Page> current(PageId from) {
        return walk(from)
            .takeLast(1)
            .next()
            .switchIfEmpty(Mono.defer(() -> beyond(from).flatMap(this::current)));
    }

    /**
     * Where to look for the room's end if there is nothing at this page: whoever removes a room's first pages writes down
     * before that how far it reaches. Empty if the room is, too.
     */
    Mono<PageId> beyond(PageId missing) {
        return noted(missing.room())
            .filter(number -> number != missing.number())
            .map(number -> new PageId(missing.room(), number));
    }

    private Flux<Page> walk(PageId from) {
        return pages
            .currentGlimpse(from)
            .expand(page -> page.isFull() ? pages.currentGlimpse(page.id().next()) : Mono.empty())
            .doOnNext(page -> remember(page.id()));
    }

    /** A page number that the room has, or 0. */
    Mono<Long> hint(RoomId room) {
        Long known = hints.getIfPresent(room);
        return known != null ? Mono.just(known) : noted(room);
    }

    /** The same as the store has it: where pages are removed, it is moved on before. */
    Mono<Long> noted(RoomId room) {
        return store
            .one(COLLECTION, tails -> tails.find(Filters.eq(room.toString())))
            .map(tail -> tail.getLong(NUMBER))
            .defaultIfEmpty(0L);
    }

    /** Before the room's first page is: whoever goes through all rooms misses none that has a page. */
    Mono<Void> enrol(RoomId room) {
        return advance(new PageId(room, 0));
    }

    /** The room that comes after this one, of all that have messages; empty after the last. */
    Mono<RoomId> after(@Nullable RoomId room) {
        return store
            .one(COLLECTION, tails ->
                tails
                    .find(room == null ? new Document() : Filters.gt(ID, room.toString()))
                    .sort(Sorts.ascending(ID))
                    .limit(1)
            )
            .map(tail -> RoomId.of(tail.getString(ID)));
    }

    /** The room is gone. */
    Mono<Void> forget(RoomId room) {
        hints.invalidate(room);
        return store.one(COLLECTION, tails -> tails.deleteOne(Filters.eq(room.toString()))).then();
    }

    private void remember(PageId id) {
        hints.asMap().merge(id.room(), id.number(), Math::max);
    }

    /** There is a new last page. */
    Mono<Void> advance(PageId id) {
        remember(id);
        return store
            .one(COLLECTION, tails ->
                tails.updateOne(
                    Filters.eq(id.room().toString()),
                    Updates.combine(
                        Updates.max(NUMBER, id.number()),
                        Updates.setOnInsert(TendedRooms.LOOK_AT, Date.from(clock.instant()))
                    ),
                    new UpdateOptions().upsert(true)
                )
            )
            .then();
    }
}
