package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Which messages clients have named, and from which page on such a message would lie. A name is claimed before its
 * message is written: then a second try, on whatever instance, knows that it is one, and where to look.
 */
@Component
class Claims {

    static final String COLLECTION = "claims";
    static final String AT = "at";

    private static final String PAGE = "page";
    private static final int DUPLICATE_KEY = 11000;
    private static final int AT_ONCE = 16;

    /** One is being written while the next one comes together. */
    private static final int CALLS = 2;
    private static final int ROOMS_A_CALL = 64;

    private final Store store;
    private final Clock clock;
    private final Convoys<List<Document>, List<Integer>> inserts;

    Claims(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.inserts = new Convoys<>(CALLS, ROOMS_A_CALL, this::insert);
    }

    /**
     * Tells each ticket whose message has a name from which page on it may already lie.
     *
     * @param tail number of a page of the room that is not behind its end
     */
    Mono<Void> claim(RoomId room, long tail, List<Ticket> tickets) {
        List<Ticket> named = tickets
            .stream()
            .filter(ticket -> ticket.draft().clientId() != null)
            .toList();
        return named.isEmpty() ? Mono.empty() : claimNamed(room, tail, named);
    }

    private Mono<Void> claimNamed(RoomId room, long tail, List<Ticket> named) {
        Date now = Date.from(clock.instant());
        List<Document> claims = named
            .stream()
            .map(ticket -> new Document("_id", idOf(room, ticket)).append(PAGE, tail).append(AT, now))
            .toList();
        named.forEach(ticket -> ticket.mayLieFrom(tail));
        return inserts
            .join(claims)
            .flatMapIterable(Function.identity())
            .flatMap(place -> lookUp(room, named.get(place)), AT_ONCE)
            .then();
    }

    /** @return of each list, the places of those that have been claimed before */
    private Mono<List<List<Integer>>> insert(List<List<Document>> claims) {
        List<Document> all = claims.stream().flatMap(List::stream).toList();
        return store
            .one(COLLECTION, documents -> documents.insertMany(all, new InsertManyOptions().ordered(false)))
            .thenReturn(List.<Integer>of())
            .onErrorResume(DataIntegrityViolationException.class, Claims::duplicates)
            .map(places -> byList(claims, places));
    }

    private static Mono<List<Integer>> duplicates(DataIntegrityViolationException e) {
        if (!(e.getCause() instanceof MongoBulkWriteException bulk)) {
            return Mono.error(e);
        }
        return Flux.fromIterable(bulk.getWriteErrors())
            .filter(error -> error.getCode() == DUPLICATE_KEY)
            .map(BulkWriteError::getIndex)
            .collectList();
    }

    private static List<List<Integer>> byList(List<List<Document>> claims, List<Integer> places) {
        List<List<Integer>> all = new ArrayList<>();
        int start = 0;
        for (List<Document> some : claims) {
            int first = start;
            int beyond = start + some.size();
            all.add(
                places
                    .stream()
                    .filter(place -> place >= first && place < beyond)
                    .map(place -> place - first)
                    .toList()
            );
            start = beyond;
        }
        return all;
    }

    private Mono<Void> lookUp(RoomId room, Ticket ticket) {
        return store
            .one(COLLECTION, all -> all.find(Filters.eq(idOf(room, ticket))))
            .map(claim -> claim.getLong(PAGE))
            .doOnNext(ticket::mayLieFrom)
            .then();
    }

    /** Forgets the names of these messages. */
    Mono<Void> forget(List<Message> messages) {
        return Flux.fromIterable(messages)
            .filter(message -> message.author() != null && message.clientId() != null)
            .map(message -> idOf(message.room(), message.author(), message.clientId()))
            .flatMap(claim -> store.one(COLLECTION, all -> all.deleteOne(Filters.eq(claim))), AT_ONCE)
            .then();
    }

    private static String idOf(RoomId room, Ticket ticket) {
        return idOf(room, ticket.draft().author(), ticket.draft().clientId());
    }

    private static String idOf(RoomId room, @Nullable UserId author, @Nullable String clientId) {
        return room + "/" + author + "/" + clientId;
    }
}
