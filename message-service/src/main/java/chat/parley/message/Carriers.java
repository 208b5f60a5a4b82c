package chat.parley.message;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.message.OutboxEntry.Carriage;
import chat.parley.message.Unlinks.Unlink;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which messages carry which uploads: so that an upload's news find them, and its last message can give it up. */
@Component
public class Carriers {

    static final String COLLECTION = "carriers";

    private static final String MESSAGES = "messages";
    private static final String MANY = "many";
    private static final int MOST = 1_000;
    private static final int AT_ONCE = 4;

    // What media-service's clock may be ahead of ours.
    private static final Duration SKEW = Duration.ofSeconds(5);

    private final Store store;
    private final Unlinks unlinks;
    private final Lease lease;

    Carriers(Store store, Unlinks unlinks, Lease lease) {
        this.store = store;
        this.unlinks = unlinks;
        this.lease = lease;
    }

    /** The messages that carry the upload; at most 1,000, whatever there are. */
    public Flux<MessageId> of(MediaId upload) {
        return find(upload).flatMapIterable(Carriers::messages).map(MessageId::of);
    }

    private Mono<Document> find(MediaId upload) {
        return store.one(COLLECTION, all -> all.find(Filters.eq(upload.toString())));
    }

    private static List<String> messages(Document carriers) {
        return carriers.getList(MESSAGES, String.class, List.of());
    }

    Mono<Void> settle(RoomId room, List<Carriage> notes, String owner) {
        return notes.isEmpty()
            ? Mono.empty()
            : Mono.defer(() -> lease.requireStill(owner))
                  .thenMany(Flux.fromIterable(notes).flatMap(note -> settle(room, note), AT_ONCE))
                  .then();
    }

    private Mono<Void> settle(RoomId room, Carriage note) {
        return note.ends() ? giveUp(room, note) : carry(room, note);
    }

    private Mono<Void> carry(RoomId room, Carriage note) {
        return find(note.upload())
            .filter(carriers -> messages(carriers).size() >= MOST)
            .map(_ -> Updates.set(MANY, true))
            .defaultIfEmpty(Updates.addToSet(MESSAGES, idOf(room, note)))
            .flatMap(change ->
                store.one(COLLECTION, all ->
                    all.updateOne(
                        Filters.eq(note.upload().toString()),
                        change,
                        new UpdateOptions().upsert(true)
                    )
                )
            )
            .then();
    }

    private Mono<Void> giveUp(RoomId room, Carriage note) {
        return forget(room, note)
            .then(Mono.defer(() -> find(note.upload())))
            .defaultIfEmpty(new Document())
            .filter(carriers -> !isStillIn(room, carriers))
            .flatMap(_ -> unlinks.add(new Unlink(note.upload(), room, note.sent().plus(SKEW))));
    }

    /** Where an upload is in more messages than can be noted, the room's end will be its end. */
    private static boolean isStillIn(RoomId room, Document carriers) {
        return (
            carriers.getBoolean(MANY, false) ||
            messages(carriers)
                .stream()
                .map(MessageId::of)
                .anyMatch(id -> id.room().equals(room))
        );
    }

    /** The message does not carry the upload any more; whoever asks, nobody unlinks it. */
    Mono<Void> forget(RoomId room, Carriage note) {
        return store
            .one(COLLECTION, all ->
                all.updateOne(Filters.eq(note.upload().toString()), Updates.pull(MESSAGES, idOf(room, note)))
            )
            .then();
    }

    private static String idOf(RoomId room, Carriage note) {
        return new MessageId(room, note.seq()).toString();
    }
}
