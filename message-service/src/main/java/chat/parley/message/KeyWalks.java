package chat.parley.message;

import chat.parley.sealing.KeyId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The last walk: one document, which also tells operators when an old key is free to go. */
@Component
class KeyWalks {

    static final String COLLECTION = "sealing";

    private static final String MESSAGES = "messages";
    private static final String ID = "_id";
    private static final String KEY = "key";
    private static final String SINCE = "since";
    private static final String NEXT = "next";
    private static final String RENEWED = "renewed";
    private static final String UNOPENED = "unopened";
    private static final String FINISHED = "finished";

    private final Store store;

    KeyWalks(Store store) {
        this.store = store;
    }

    /** Empty if there never was one. */
    Mono<KeyWalk> last() {
        return store.one(COLLECTION, walks -> walks.find(Filters.eq(MESSAGES))).map(KeyWalks::walk);
    }

    private static KeyWalk walk(Document document) {
        String next = document.getString(NEXT);
        Date finished = document.getDate(FINISHED);
        return new KeyWalk(
            KeyId.of(document.getString(KEY)),
            document.getDate(SINCE).toInstant(),
            next == null ? null : PageId.parse(next),
            document.getLong(RENEWED),
            document.getLong(UNOPENED),
            finished == null ? null : finished.toInstant()
        );
    }

    /** In the place of whichever was there. */
    Mono<Void> begin(KeyWalk walk) {
        return store
            .one(COLLECTION, walks ->
                walks.replaceOne(Filters.eq(MESSAGES), document(walk), new ReplaceOptions().upsert(true))
            )
            .then();
    }

    /** How far it has come; nothing if another one has begun meanwhile. */
    Mono<Void> save(KeyWalk walk) {
        Document same = new Document(ID, MESSAGES)
            .append(KEY, walk.key().toString())
            .append(SINCE, Date.from(walk.since()));
        return store.one(COLLECTION, walks -> walks.replaceOne(same, document(walk))).then();
    }

    private static Document document(KeyWalk walk) {
        Document document = new Document(ID, MESSAGES)
            .append(KEY, walk.key().toString())
            .append(SINCE, Date.from(walk.since()))
            .append(RENEWED, walk.renewed())
            .append(UNOPENED, walk.unopened());
        PageId next = walk.next();
        append(document, NEXT, next == null ? null : next.toString());
        Instant finished = walk.finished();
        append(document, FINISHED, finished == null ? null : Date.from(finished));
        return document;
    }

    private static void append(Document document, String name, @Nullable Object value) {
        if (value != null) {
            document.append(name, value);
        }
    }
}
