package chat.parley.media.announcing;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MediaId;
import java.time.Clock;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The uploads that are not over: an entry is written before an upload's first byte goes to the store, and goes when
 * its events are on Kafka. Whatever a crash interrupts in between is found here. The collection stays as small as
 * the number of uploads that are under way.
 */
@Component
public class Journal {

    private final ReactiveMongoTemplate mongo;
    private final Clock clock;

    Journal(ReactiveMongoTemplate mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /** Begins an upload. The ids of its events are set now, so that they are the same however often they are sent. */
    public Mono<Entry> open(MediaId id) {
        Entry entry = new Entry(
            id.toString(),
            clock.instant(),
            EventId.random().toString(),
            EventId.random().toString()
        );
        return mongo.insert(entry);
    }

    public Mono<Void> close(Entry entry) {
        return mongo.remove(Query.query(Criteria.where("_id").is(entry.id())), Entry.class).then();
    }

    public Flux<Entry> all() {
        return mongo.findAll(Entry.class);
    }

    /**
     * @param id the upload's
     * @param uploadedEvent the id of the event that tells that the bytes are stored
     * @param readyEvent the id of the event that tells that they may be served
     */
    @Document("media_journal")
    public record Entry(@Id String id, Instant openedAt, String uploadedEvent, String readyEvent) {
        public MediaId mediaId() {
            return MediaId.of(id);
        }
    }
}
