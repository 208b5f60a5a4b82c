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
    private final DeletedRooms rooms;
    private final PurgeProperties properties;

    Purge(Pages pages, Claims claims, MediaClient media, DeletedRooms rooms, PurgeProperties properties) {
        this.pages = pages;
        this.claims = claims;
        this.media = media;
        this.rooms = rooms;
        this.properties = properties;
    }

    /** Removes the pages that follow one another from this one on; false if some are left for the next turn. */
    Mono<Boolean> removeFrom(PageId first) {
        return last(first).flatMap(last ->
            last < first.number() ? Mono.just(true) : removeDown(new PageId(first.room(), last), first)
        );
    }

    private Mono<Boolean> removeDown(PageId last, PageId first) {
        long all = last.number() - first.number() + 1;
        int now = (int) Math.min(all, properties.pagesPerTurn());
        return rooms
            .reaches(last)
            .thenMany(Flux.range(0, now))
            .map(behind -> new PageId(last.room(), last.number() - behind))
            .concatMap(page -> remove(page).then(Mono.delay(properties.pause())))
            .then(Mono.just(now == all));
    }

    /** Somebody who has not heard of the deletion may still write to it: then it is read once more. */
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
            .then(Mono.defer(() -> claims.forget(page.messages())))
            .then(Mono.defer(() -> pages.remove(page)));
    }

    private Mono<Void> unlink(Page page) {
        RoomId room = page.id().room();
        return Flux.fromStream(() -> filesOn(page))
            .distinct()
            .buffer(FILES_AT_ONCE)
            .concatMap(files -> media.unlink(files, room))
            .then();
    }

    private static Stream<MediaId> filesOn(Page page) {
        return page
            .stream()
            .flatMap(message -> message.attachments().stream())
            .map(MediaSnapshot::id);
    }

    /** The number of the last page before the first that is not there. */
    private Mono<Long> last(PageId first) {
        return pages
            .exists(first)
            .flatMap(there -> there ? leap(first.room(), first.number(), 1) : Mono.just(first.number() - 1));
    }

    private Mono<Long> leap(RoomId room, long there, long distance) {
        return pages
            .exists(new PageId(room, there + distance))
            .flatMap(more ->
                more ? leap(room, there + distance, 2 * distance) : between(room, there, there + distance)
            );
    }

    private Mono<Long> between(RoomId room, long there, long absent) {
        long middle = (there + absent) >>> 1;
        return middle == there
            ? Mono.just(there)
            : pages
                  .exists(new PageId(room, middle))
                  .flatMap(more -> more ? between(room, middle, absent) : between(room, there, middle));
    }
}
