package chat.parley.message;

import chat.parley.service.problem.Unavailable;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.bson.Document;
import org.reactivestreams.Publisher;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.data.mongodb.UncategorizedMongoDbException;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The one way to MongoDB: every call ends within its time, and whatever keeps it from being answered reaches the
 * caller as {@link Unavailable}. A write that failed so may still have happened.
 */
@Component
final class Store {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ReactiveMongoTemplate mongo;
    private final Duration timeout;

    Store(ReactiveMongoTemplate mongo, StoreProperties properties) {
        this.mongo = mongo;
        this.timeout = properties.timeout();
    }

    /** How long a call can be under way. */
    Duration timeout() {
        return timeout;
    }

    /** The first answer of a call on a collection, or empty. */
    <T> Mono<T> one(String collection, Function<MongoCollection<Document>, Publisher<T>> call) {
        return many(collection, call).next();
    }

    /** All answers of a call on a collection that stays small. */
    <T> Flux<T> many(String collection, Function<MongoCollection<Document>, Publisher<T>> call) {
        return mongo
            .execute(collection, documents -> call.apply(documents))
            .timeout(Mono.delay(timeout), _ -> Mono.never())
            .onErrorMap(DataAccessResourceFailureException.class, Store::unavailable)
            .onErrorMap(TransientDataAccessException.class, Store::unavailable)
            .onErrorMap(UncategorizedMongoDbException.class, Store::unavailable)
            .onErrorMap(TimeoutException.class, Store::unavailable)
            .onErrorMap(Store::isUnconfirmed, Store::unavailable);
    }

    /** Written, but not known to be on the disks of a majority. */
    private static boolean isUnconfirmed(Throwable thrown) {
        return switch (thrown.getCause()) {
            case MongoWriteConcernException _ -> true;
            case MongoBulkWriteException bulk -> bulk.getWriteConcernError() != null;
            case null, default -> false;
        };
    }

    private static Unavailable unavailable(Throwable cause) {
        Unavailable unavailable = new Unavailable("Messages cannot be reached right now.", RETRY_AFTER);
        unavailable.addSuppressed(cause);
        return unavailable;
    }
}
