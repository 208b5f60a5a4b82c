package chat.parley.realtime.chat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
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

    private final Cache<Removal, Boolean> recent = Caffeine.newBuilder()
        .expireAfterWrite(KEPT)
        .maximumSize(AT_MOST)
        .build();

    void removed(RoomId room, UserId user) {
        recent.put(new Removal(room, user), Boolean.TRUE);
    }

    void added(RoomId room, UserId user) {
        recent.invalidate(new Removal(room, user));
    }

    boolean contain(RoomId room, UserId user) {
        return recent.getIfPresent(new Removal(room, user)) != null;
    }

    private record Removal(RoomId room, UserId user) {}
}
