package chat.parley.message;

import chat.parley.contracts.RoomId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** How long each room keeps its messages. Only rooms that say something of their own are noted. */
@Component
class Retention {

    static final String COLLECTION = "retention";
    private static final String DAYS = "days";

    private final Store store;
    private final RetentionProperties properties;

    Retention(Store store, RetentionProperties properties) {
        this.store = store;
        this.properties = properties;
    }

    Mono<Void> note(RoomId room, int days) {
        return store
            .one(COLLECTION, rooms ->
                rooms.updateOne(
                    Filters.eq(room.toString()),
                    Updates.set(DAYS, days),
                    new UpdateOptions().upsert(true)
                )
            )
            .then();
    }

    /** From now on the room leaves it to the default. */
    Mono<Void> forget(RoomId room) {
        return store.one(COLLECTION, rooms -> rooms.deleteOne(Filters.eq(room.toString()))).then();
    }

    /** How long messages of the room are kept; empty if for ever. */
    Mono<Duration> of(RoomId room) {
        return store
            .one(COLLECTION, rooms -> rooms.find(Filters.eq(room.toString())))
            .map(noted -> noted.getInteger(DAYS))
            .switchIfEmpty(Mono.justOrEmpty(properties.defaultDays()))
            .map(Duration::ofDays);
    }

    /** Whether rooms that say nothing of their own are concerned, too. */
    boolean concernsAll() {
        return properties.defaultDays() != null;
    }
}
