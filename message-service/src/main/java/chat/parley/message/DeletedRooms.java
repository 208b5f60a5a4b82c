package chat.parley.message;

import chat.parley.contracts.RoomId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rooms that are no more and of which something may be left: as many as were deleted a short while ago. */
@Component
class DeletedRooms {

    private static final String COLLECTION = "deleted_rooms";
    private static final String DUE = "due";
    private static final String LAST_PAGE = "last_page";
    private static final String EMPTIED = "emptied";
    private static final long NONE = -1;

    private final Store store;
    private final Clock clock;

    DeletedRooms(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** From now on, whatever happens, all that is left of the room will be removed. */
    Mono<Void> add(RoomId room) {
        Bson first = Updates.combine(
            Updates.setOnInsert(DUE, Date.from(clock.instant())),
            Updates.setOnInsert(LAST_PAGE, NONE),
            Updates.setOnInsert(EMPTIED, false)
        );
        return store
            .one(COLLECTION, rooms ->
                rooms.updateOne(Filters.eq(room.toString()), first, new UpdateOptions().upsert(true))
            )
            .then();
    }

    /** Those whose turn it is, the longest waiting first. */
    Flux<DeletedRoom> due(int most) {
        Date now = Date.from(clock.instant());
        return store
            .many(COLLECTION, rooms ->
                rooms.find(Filters.lte(DUE, now)).sort(Sorts.ascending(DUE)).limit(most)
            )
            .map(DeletedRooms::read);
    }

    private static DeletedRoom read(Document room) {
        return new DeletedRoom(
            RoomId.of(room.getString("_id")),
            room.getLong(LAST_PAGE),
            room.getBoolean(EMPTIED)
        );
    }

    Mono<Long> count() {
        return store.one(COLLECTION, rooms -> rooms.countDocuments());
    }

    /** The room has had pages up to this one. */
    Mono<Void> reaches(PageId page) {
        return change(page.room(), Updates.max(LAST_PAGE, page.number()));
    }

    /** There is more to remove, when all the others have had their turn. */
    Mono<Void> goesOn(RoomId room) {
        return change(room, Updates.set(DUE, Date.from(clock.instant())));
    }

    /** Everything is gone, but for what may be on its way just now. */
    Mono<Void> isEmptied(RoomId room, Duration settled) {
        Instant due = clock.instant().plus(settled);
        return change(room, Updates.combine(Updates.set(EMPTIED, true), Updates.set(DUE, Date.from(due))));
    }

    private Mono<Void> change(RoomId room, Bson change) {
        return store.one(COLLECTION, rooms -> rooms.updateOne(Filters.eq(room.toString()), change)).then();
    }

    /** Nothing can be left of it. */
    Mono<Void> remove(RoomId room) {
        return store.one(COLLECTION, rooms -> rooms.deleteOne(Filters.eq(room.toString()))).then();
    }

    /**
     * @param lastPage the highest number of a page that has been seen; -1 if none was
     * @param emptied whether all that was there has been removed once
     */
    record DeletedRoom(RoomId id, long lastPage, boolean emptied) {}
}
