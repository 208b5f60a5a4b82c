package chat.parley.message;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.RoomId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.Date;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Uploads that their rooms have given up and that media-service has not heard of yet. */
@Component
class Unlinks {

    static final String COLLECTION = "unlinks";

    private static final String AFTER = "after";

    private final Store store;

    Unlinks(Store store) {
        this.store = store;
    }

    /** From now on, whatever happens, media-service will hear of it. */
    Mono<Void> add(Unlink unlink) {
        return store
            .one(COLLECTION, all ->
                all.updateOne(
                    Filters.eq(unlink.toString()),
                    Updates.max(AFTER, Date.from(unlink.unlessSentAfter())),
                    new UpdateOptions().upsert(true)
                )
            )
            .then();
    }

    Flux<Unlink> first(int most) {
        return store
            .many(COLLECTION, all -> all.find().limit(most))
            .map(found -> Unlink.parse(found.getString("_id"), found.getDate(AFTER).toInstant()));
    }

    Mono<Void> remove(Unlink unlink) {
        return store.one(COLLECTION, all -> all.deleteOne(Filters.eq(unlink.toString()))).then();
    }

    /**
     * @param unlessSentAfter what was sent to the room again after this time stays
     */
    record Unlink(MediaId upload, RoomId room, Instant unlessSentAfter) {
        private static Unlink parse(String id, Instant unlessSentAfter) {
            int slash = id.indexOf('/');
            return new Unlink(
                MediaId.of(id.substring(0, slash)),
                RoomId.of(id.substring(slash + 1)),
                unlessSentAfter
            );
        }

        @Override
        public String toString() {
            return upload + "/" + room;
        }
    }
}
