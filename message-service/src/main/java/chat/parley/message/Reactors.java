package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.message.OutboxEntry.Reactor;
import chat.parley.message.OutboxEntry.Reactor.Step;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Those who reacted to a message and for whom its page has no space. Each kind of reaction that spills over has 64
 * documents, and a user's id says in which of them the user stands.
 *
 * <p>The page's own write decides: it moves the count and leaves a note in the outbox, and only the note's owner
 * carries it out. As long as a note about a user is not carried out, nobody decides anything about that user.
 */
@Component
public class Reactors {

    static final String COLLECTION = "reactors";

    private static final String USERS = "users";
    private static final int SHARES = 64;
    private static final int AT_ONCE = 8;

    private final Store store;
    private final Lease lease;

    Reactors(Store store, Lease lease) {
        this.store = store;
        this.lease = lease;
    }

    /** Whether the user stands here. */
    public Mono<Boolean> has(Message message, String type, UserId user) {
        return users(Share.of(message.room(), message.seq(), type, user))
            .map(users -> users.contains(user.value()))
            .defaultIfEmpty(false);
    }

    /** Some of those who stand here. */
    public Mono<List<UserId>> some(Message message, String type, int most) {
        return shares(message.room(), message.seq(), type)
            .concatMap(this::users, 1)
            .flatMapIterable(users -> users)
            .map(UserId::new)
            .take(most)
            .collectList();
    }

    private Mono<List<UUID>> users(Share share) {
        return store
            .one(COLLECTION, all -> all.find(Filters.eq(share.toString())))
            .map(found -> found.getList(USERS, UUID.class, List.of()));
    }

    Mono<Void> settle(RoomId room, List<Reactor> notes, String owner) {
        return notes.isEmpty()
            ? Mono.empty()
            : Mono.defer(() -> lease.requireStill(owner))
                  .then(Mono.defer(() -> clear(room, notes)))
                  .then(Mono.defer(() -> move(room, notes)));
    }

    private Mono<Void> clear(RoomId room, List<Reactor> notes) {
        return Flux.fromIterable(notes)
            .filter(note -> note.step() == Step.ALL_OUT)
            .concatMap(note -> clear(room, note.seq(), note.type()))
            .then();
    }

    /** Nobody reacted so any more. */
    Mono<Void> clear(RoomId room, long seq, String type) {
        return shares(room, seq, type)
            .flatMap(
                share -> store.one(COLLECTION, all -> all.deleteOne(Filters.eq(share.toString()))),
                AT_ONCE
            )
            .then();
    }

    private static Flux<Share> shares(RoomId room, long seq, String type) {
        return Flux.range(0, SHARES).map(number -> new Share(room, seq, type, number));
    }

    private Mono<Void> move(RoomId room, List<Reactor> notes) {
        Map<Share, List<Reactor>> byShare = notes
            .stream()
            .filter(note -> note.step() != Step.ALL_OUT)
            .collect(
                Collectors.groupingBy(note -> Share.of(room, note.seq(), note.type(), note.requireUser()))
            );
        return Flux.fromIterable(byShare.entrySet())
            .flatMap(share -> move(share.getKey(), share.getValue()), AT_ONCE)
            .then();
    }

    private Mono<Void> move(Share share, List<Reactor> notes) {
        List<UUID> in = users(notes, note -> note.step() == Step.IN);
        List<UUID> out = users(notes, note -> note.step() == Step.OUT);
        return write(share, in.isEmpty() ? null : Updates.addEachToSet(USERS, in)).then(
            Mono.defer(() -> write(share, out.isEmpty() ? null : Updates.pullAll(USERS, out)))
        );
    }

    private static List<UUID> users(List<Reactor> notes, Predicate<Reactor> wanted) {
        return notes
            .stream()
            .filter(wanted)
            .map(note -> note.requireUser().value())
            .toList();
    }

    private Mono<Void> write(Share share, @Nullable Bson change) {
        return change == null
            ? Mono.empty()
            : store
                  .one(COLLECTION, all ->
                      all.updateOne(
                          new Document("_id", share.toString()),
                          change,
                          new UpdateOptions().upsert(true)
                      )
                  )
                  .then();
    }

    /** One of the documents over which a kind's users are spread. */
    private record Share(RoomId room, long seq, String type, int number) {
        static Share of(RoomId room, long seq, String type, UserId user) {
            return new Share(room, seq, type, Math.floorMod(user.hashCode(), SHARES));
        }

        @Override
        public String toString() {
            return room + "/" + seq + "/" + number + "/" + type;
        }
    }
}
