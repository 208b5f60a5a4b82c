package chat.parley.message;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.media.MediaSnapshot;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes pages with all that belongs to them. From the last page to the first: what is left is a history from its
 * beginning without a gap, so that its end is found again by few looks, after a crash as well, and nothing has to be
 * remembered. Two instances may do the same at once.
 */
@Component
class Purge {

    private static final int FILES_AT_ONCE = 100;
    private static final int TRIES = 20;

    private final Pages pages;
    private final Claims claims;
    private final MediaClient media;
    private final Belongings belongings;
    private final PurgeProperties properties;

    Purge(Pages pages, Claims claims, MediaClient media, Belongings belongings, PurgeProperties properties) {
        this.pages = pages;
        this.claims = claims;
        this.media = media;
        this.belongings = belongings;
        this.properties = properties;
    }

    /** Removes the last pages of the room, as many as make a turn; false if some are left for the next one. */
    Mono<Boolean> takeTurn(RoomId room) {
        return count(room).flatMap(all -> {
            int now = (int) Math.min(all, properties.pagesPerTurn());
            return Flux.range(1, now)
                .map(fromTheEnd -> new PageId(room, all - fromTheEnd))
                .concatMap(page -> remove(page).then(Mono.delay(properties.pause())))
                .then(Mono.just(now == all));
        });
    }

    /** Should anybody still write to it, it is read once more. */
    private Mono<Boolean> remove(PageId id) {
        return Mono.defer(() -> pages.peek(id))
            .flatMap(this::remove)
            .defaultIfEmpty(true)
            .filter(gone -> gone)
            .repeatWhenEmpty(TRIES, tries -> tries);
    }

    /** The page goes last: as long as it is there, everything that belongs to it can be found. */
    private Mono<Boolean> remove(Page page) {
        return unlink(page)
            .then(Mono.defer(() -> belongings.forget(page)))
            .then(Mono.defer(() -> claims.forget(page.messages())))
            .then(Mono.defer(() -> pages.remove(page)));
    }

    private Mono<Void> unlink(Page page) {
        RoomId room = page.id().room();
        return Flux.fromStream(() -> filesOn(page))
            .distinct()
            .buffer(FILES_AT_ONCE)
            .concatMap(files -> media.unlink(files, room, null))
            .then();
    }

    private static Stream<MediaId> filesOn(Page page) {
        return page
            .stream()
            .flatMap(message -> message.attachments().stream())
            .map(MediaSnapshot::id);
    }

    /** How many pages there are, found by leaps that double, and by halves between the last two. */
    private Mono<Long> count(RoomId room) {
        return atLeast(room, 0, 1);
    }

    private Mono<Long> atLeast(RoomId room, long certain, long leap) {
        return hasMoreThan(room, certain + leap - 1).flatMap(more ->
            more ? atLeast(room, certain + leap, 2 * leap) : between(room, certain, certain + leap - 1)
        );
    }

    private Mono<Long> between(RoomId room, long least, long most) {
        if (least == most) {
            return Mono.just(least);
        }
        long middle = least + (most - least) / 2;
        return hasMoreThan(room, middle).flatMap(more ->
            more ? between(room, middle + 1, most) : between(room, least, middle)
        );
    }

    private Mono<Boolean> hasMoreThan(RoomId room, long number) {
        return pages.exists(new PageId(room, number));
    }
}
