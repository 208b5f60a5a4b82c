package chat.parley.message;

import chat.parley.contracts.RoomId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.util.Date;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rooms that are no more and have not been emptied yet: as many as were deleted a short while ago. */
@Component
class DeletedRooms {

    static final String COLLECTION = "deleted_rooms";
    static final String DUE = "due";

    private final Store store;
    private final PurgeProperties properties;
    private final Clock clock;

    DeletedRooms(Store store, PurgeProperties properties, Clock clock) {
        this.store = store;
        this.properties = properties;
        this.clock = clock;
    }

    /** From now on, whatever happens, all that is in the room will be removed. */
    Mono<Void> add(RoomId room) {
        Bson due = Updates.setOnInsert(DUE, Date.from(clock.instant().plus(properties.settled())));
        return store
            .one(COLLECTION, rooms ->
                rooms.updateOne(Filters.eq(room.toString()), due, new UpdateOptions().upsert(true))
            )
            .then();
    }

    /** Those that can be emptied, the longest waiting first. */
    Flux<RoomId> due(int most) {
        Date now = Date.from(clock.instant());
        return store
            .many(COLLECTION, rooms ->
                rooms.find(Filters.lte(DUE, now)).sort(Sorts.ascending(DUE)).limit(most)
            )
            .map(room -> RoomId.of(room.getString("_id")));
    }

    Mono<Long> count() {
        return store.one(COLLECTION, rooms -> rooms.countDocuments());
    }

    /** There is more to remove, when all the others have had their turn. */
    Mono<Void> goesOn(RoomId room) {
        Bson later = Updates.set(DUE, Date.from(clock.instant()));
        return store.one(COLLECTION, rooms -> rooms.updateOne(Filters.eq(room.toString()), later)).then();
    }

    /** Nothing is left of it. */
    Mono<Void> remove(RoomId room) {
        return store.one(COLLECTION, rooms -> rooms.deleteOne(Filters.eq(room.toString()))).then();
    }
}
