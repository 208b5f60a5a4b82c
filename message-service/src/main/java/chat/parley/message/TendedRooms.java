package chat.parley.message;

import chat.parley.contracts.RoomId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Which room's old pages are to be looked at when, and how far earlier looks have come. It stands beside the hint of the
 * room's {@link Tails end}: one small document a room, and an index finds those that are due.
 */
@Component
class TendedRooms {

    static final String LOOK_AT = "look_at";
    static final String FIRST = "first";
    static final String ARCHIVED = "archived";

    /** How many pages may be gone, at most, that were not noted to be: what a crash leaves behind. */
    static final int PAGES_BEHIND = 16;

    private final Store store;
    private final Clock clock;

    TendedRooms(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * A room as the last look has left it.
     *
     * @param tail a page that it has; there may be later ones
     * @param first no page before this is there any more; some from this one on may be gone, too
     * @param archived all pages before this have been archived once, or are gone
     */
    record Tended(RoomId room, long tail, long first, long archived, Instant lookAt) {}

    Flux<Tended> due(int most) {
        Date now = Date.from(clock.instant());
        return store
            .many(Tails.COLLECTION, rooms -> rooms.find(Filters.lte(LOOK_AT, now)).limit(most))
            .map(TendedRooms::read);
    }

    private static Tended read(Document room) {
        return new Tended(
            RoomId.of(room.getString("_id")),
            room.get(Tails.NUMBER, 0L),
            room.get(FIRST, 0L),
            room.get(ARCHIVED, 0L),
            room.getDate(LOOK_AT).toInstant()
        );
    }

    /** The first page that the room may have; 0 if nothing has ever been removed. */
    Mono<Long> first(RoomId room) {
        return store
            .one(Tails.COLLECTION, rooms -> rooms.find(Filters.eq(room.toString())))
            .map(found -> found.get(FIRST, 0L))
            .defaultIfEmpty(0L);
    }

    /** Something about the room has changed. */
    Mono<Void> lookSoon(RoomId room) {
        Bson soon = Updates.combine(
            Updates.set(LOOK_AT, Date.from(clock.instant())),
            Updates.setOnInsert(Tails.NUMBER, 0L)
        );
        return store
            .one(Tails.COLLECTION, rooms ->
                rooms.updateOne(Filters.eq(room.toString()), soon, new UpdateOptions().upsert(true))
            )
            .then();
    }

    /** Rooms that nobody has looked at because nothing concerned them: now something concerns all. */
    Mono<Void> lookAtAll() {
        Bson soon = Updates.set(LOOK_AT, Date.from(clock.instant()));
        return store
            .one(Tails.COLLECTION, rooms -> rooms.updateMany(Filters.exists(LOOK_AT, false), soon))
            .then();
    }

    /** The room's beginning has been removed up to this page. */
    Mono<Void> beginsAt(RoomId room, long page) {
        return store
            .one(Tails.COLLECTION, rooms ->
                rooms.updateOne(Filters.eq(room.toString()), Updates.max(FIRST, page))
            )
            .then();
    }

    /** There is such a page: before anything is removed, whoever looks for the end must find it behind all that. */
    Mono<Void> reachesTo(RoomId room, long page) {
        return store
            .one(Tails.COLLECTION, rooms ->
                rooms.updateOne(Filters.eq(room.toString()), Updates.max(Tails.NUMBER, page))
            )
            .then();
    }

    /**
     * The look is over. Should anybody have asked for another one meanwhile, that one stays due.
     *
     * @param archived see {@link Tended#archived}
     * @param next when to look again; empty if there is no reason to
     */
    Mono<Void> looked(Tended room, long archived, Optional<Instant> next) {
        List<Bson> changes = new ArrayList<>();
        changes.add(Updates.max(ARCHIVED, archived));
        changes.add(
            next.map(at -> Updates.set(LOOK_AT, Date.from(at))).orElseGet(() -> Updates.unset(LOOK_AT))
        );
        Bson unchanged = new Document("_id", room.room().toString()).append(
            LOOK_AT,
            Date.from(room.lookAt())
        );
        return store
            .one(Tails.COLLECTION, rooms -> rooms.updateOne(unchanged, Updates.combine(changes)))
            .then();
    }
}
