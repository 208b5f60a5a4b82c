package chat.parley.realtime.chat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who has just left which room, as far as this node has heard. A subscription that was being granted while its user
 * was removed finds the removal here, whichever of the two came first.
 */
@Component
final class Removals {

    /** Longer than any subscription takes to be decided on, and than a remembered membership may lag behind. */
    private static final Duration KEPT = Duration.ofMinutes(2);
    private static final int AT_MOST = 100_000;

    private final Cache<Place, Removal> recent = Caffeine.newBuilder()
        .expireAfterWrite(KEPT)
        .maximumSize(AT_MOST)
        .build();

    void removed(RoomId room, UserId user) {
        recent.put(new Place(room, user), new Removal());
    }

    void added(RoomId room, UserId user) {
        recent.invalidate(new Place(room, user));
    }

    @Nullable
    Removal find(RoomId room, UserId user) {
        return recent.getIfPresent(new Place(room, user));
    }

    /** It is known that the user is back since that removal; a later one stands. */
    void isOver(Removal removal, RoomId room, UserId user) {
        recent.asMap().remove(new Place(room, user), removal);
    }

    private record Place(RoomId room, UserId user) {}

    /** One of them, equal to itself alone. */
    static final class Removal {

        private Removal() {}
    }
}
