package chat.parley.service.rooms;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Membership;
import chat.parley.contracts.room.RoomType;
import chat.parley.service.problem.Failure;
import chat.parley.service.problem.Forbidden;
import chat.parley.service.problem.NotFound;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/**
 * Who is a member of what: read through a bounded cache that the events of {@code chat.rooms} keep fresh. Until
 * this instance hears those events nothing is remembered; should they stop, a memory ends by its age.
 */
public final class Memberships {

    private static final String NO_SUCH_ROOM = "There is no such room.";

    private final RoomsClient rooms;
    private final AsyncCache<Key, Membership> known;
    private volatile boolean fresh;

    Memberships(RoomsClient rooms, RoomsProperties properties, MeterRegistry meters) {
        this(rooms, properties, meters, Ticker.systemTicker());
    }

    Memberships(RoomsClient rooms, RoomsProperties properties, MeterRegistry meters, Ticker ticker) {
        this.rooms = rooms;
        this.known = Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(properties.maxCached())
            // Who has just joined expects to be let in at once, and not when this instance has heard of it.
            .expireAfter(
                Expiry.writing((Key _, Membership found) ->
                    found.isMember() ? properties.maxAge() : Duration.ZERO
                )
            )
            .recordStats()
            .buildAsync();
        CaffeineCacheMetrics.monitor(meters, known, "memberships");
    }

    /**
     * What the user is in the room, whether or not the two exist. That somebody is no member is never remembered.
     *
     * @throws chat.parley.service.problem.Unavailable (in the Mono) if it is not known and cannot be asked for
     */
    public Mono<Membership> find(RoomId room, UserId user) {
        if (!fresh) {
            return rooms.membership(room, user);
        }
        return Mono.defer(() -> remembered(new Key(room, user)));
    }

    /**
     * The look-up runs at once: whoever asks meanwhile waits for the same answer, and one of them giving up does not
     * take it from the others. A change that is heard of while it runs takes it out of the memory, answer or not.
     */
    private Mono<Membership> remembered(Key key) {
        AtomicBoolean asks = new AtomicBoolean();
        Mono<Membership> answer = Mono.fromFuture(
            known.get(key, (_, _) -> {
                asks.set(true);
                return rooms.membership(key.room, key.user).toFuture();
            }),
            true
        );
        return asks.get() ? answer : answer.flatMap(found -> confirmed(key, found));
    }

    /** That somebody is no member may have been found out for one who asked before they joined. */
    private Mono<Membership> confirmed(Key key, Membership found) {
        return found.isMember() ? Mono.just(found) : rooms.membership(key.room, key.user);
    }

    /**
     * The user's membership of the room.
     *
     * @throws NotFound (in the Mono) if the user may not even know of the room
     * @throws Forbidden (in the Mono) if the room is public and the user has not joined it
     */
    public Mono<Membership> require(RoomId room, UserId user) {
        return find(room, user)
            .flatMap(membership ->
                membership.isMember() ? Mono.just(membership) : Mono.error(refusal(membership))
            )
            // No answer is no permission: many a caller goes on with then().
            .switchIfEmpty(Mono.error(() -> new NotFound(NO_SUCH_ROOM)));
    }

    /** Why somebody who is no member gets nothing. */
    public static Failure refusal(Membership membership) {
        return membership.roomType() == RoomType.PUBLIC
            ? new Forbidden("Join the room first.")
            : new NotFound(NO_SUCH_ROOM);
    }

    // By the view that holds what is still on its way as well.
    void forget(RoomId room, UserId user) {
        known.asMap().remove(new Key(room, user));
    }

    void forget(RoomId room) {
        known
            .asMap()
            .keySet()
            .removeIf(key -> key.room.equals(room));
    }

    /** From now on changes are heard of. */
    void trust() {
        known.asMap().clear();
        fresh = true;
    }

    private record Key(RoomId room, UserId user) {}
}
