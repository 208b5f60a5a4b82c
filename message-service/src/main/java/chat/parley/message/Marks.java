package chat.parley.message;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * On which pages there may be outbox entries, and whose. A page is marked before its first write and unmarked once
 * nothing is owed, so that a sweeper finds all debts of the dead in a collection that never grows.
 */
@Component
class Marks {

    private static final String COLLECTION = "marks";
    private static final String BY = "by";
    private static final String PAGE = "page";

    private final Store store;

    Marks(Store store) {
        this.store = store;
    }

    Mono<Void> set(Mark mark) {
        return store
            .one(COLLECTION, marks ->
                marks.updateOne(
                    Filters.eq(mark.toString()),
                    Updates.combine(Updates.set(BY, mark.by()), Updates.set(PAGE, mark.page().toString())),
                    new UpdateOptions().upsert(true)
                )
            )
            .then();
    }

    Mono<Void> remove(Mark mark) {
        return store.one(COLLECTION, marks -> marks.deleteOne(Filters.eq(mark.toString()))).then();
    }

    Flux<Mark> all() {
        return store
            .many(COLLECTION, marks -> marks.find())
            .map(mark -> new Mark(mark.getString(BY), PageId.parse(mark.getString(PAGE))));
    }

    /** This incarnation may owe something on this page. */
    record Mark(String by, PageId page) {
        @Override
        public String toString() {
            return by + "/" + page;
        }
    }
}
