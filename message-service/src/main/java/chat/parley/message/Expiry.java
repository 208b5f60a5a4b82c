package chat.parley.message;

import chat.parley.contracts.RoomId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes what a room no longer keeps, from its beginning on: what is left is always a history without a hole, and a
 * look at any page tells whether there is anything before it. The last page stays, be it empty, since the next number
 * stands there.
 */
@Component
class Expiry {

    private static final int PAGES_BETWEEN_NOTES = TendedRooms.PAGES_BEHIND;

    // A file that was sent twice goes with the message that was sent last. Its record has the time at which that was
    // begun; who has tried once more to send a message that was stored already has moved it on by as much.
    private static final Duration LONGEST_SENDING = Duration.ofHours(1);

    private final Pages pages;
    private final Archive archive;
    private final PageRemoval removal;
    private final TendedRooms rooms;
    private final UpkeepProperties properties;
    private final Counter expired;

    Expiry(
        Pages pages,
        Archive archive,
        PageRemoval removal,
        TendedRooms rooms,
        UpkeepProperties properties,
        MeterRegistry meters
    ) {
        this.pages = pages;
        this.archive = archive;
        this.removal = removal;
        this.rooms = rooms;
        this.properties = properties;
        this.expired = Counter.builder("parley.retention.removed")
            .description("Messages that were removed because their rooms keep none that old")
            .register(meters);
    }

    /**
     * What a turn has come to.
     *
     * @param first the first page that may be there
     * @param oldest the time of the oldest message; null if there is none, or it is not known yet
     * @param isOver whether nothing is left to do now
     */
    record Turn(long first, @Nullable Instant oldest, boolean isOver) {}

    /**
     * Removes messages from before that time, as many pages as make a turn.
     *
     * @param tail the room's last page
     */
    Mono<Turn> takeTurn(RoomId room, long first, PageId tail, Instant before) {
        return Flux.range(0, properties.pagesPerTurn())
            .map(offset -> new PageId(room, first + offset))
            .takeWhile(page -> page.number() <= tail.number())
            .concatMap(page -> expireAndNote(page, tail, before))
            .takeUntil(step -> !step.isGone)
            .last(new Step(tail, false, null))
            .flatMap(last -> rooms.beginsAt(room, last.first()).thenReturn(last))
            .map(last -> new Turn(last.first(), last.oldest, !last.isGone));
    }

    private Mono<Step> expireAndNote(PageId id, PageId tail, Instant before) {
        return expire(id, tail, before).flatMap(step ->
            step.isGone && step.first() % PAGES_BETWEEN_NOTES == 0
                ? rooms.beginsAt(id.room(), step.first()).thenReturn(step)
                : Mono.just(step)
        );
    }

    private Mono<Step> expire(PageId id, PageId tail, Instant before) {
        return pages
            .document(id)
            .flatMap(document ->
                ArchivedPage.isOne(document)
                    ? expireArchived(document, tail, before)
                    : expireOnPage(id, tail, before)
            )
            .defaultIfEmpty(new Step(id, true, null));
    }

    private Mono<Step> expireArchived(Document stub, PageId tail, Instant before) {
        ArchivedPage page = ArchivedPage.read(stub);
        if (page.newest().isBefore(before)) {
            return remove(page.id(), page.count(), before);
        }
        return page.oldest().isBefore(before)
            ? archive.restore(stub).then(Mono.defer(() -> expireOnPage(page.id(), tail, before)))
            : Mono.just(new Step(page.id(), false, page.oldest()));
    }

    private Mono<Step> expireOnPage(PageId id, PageId tail, Instant before) {
        return pages.peek(id).flatMap(page -> expireOnPage(page, tail, before));
    }

    private Mono<Step> expireOnPage(Page page, PageId tail, Instant before) {
        List<Message> old = page
            .stream()
            .takeWhile(message -> message.at().isBefore(before))
            .toList();
        if (!page.outbox().isEmpty() || old.isEmpty()) {
            return Mono.just(new Step(page.id(), false, oldest(page, 0)));
        }
        return old.size() == page.messages().size() && page.id().number() < tail.number()
            ? remove(page.id(), old.size(), before)
            : removal
                  .removeWhatBelongsTo(page, old, before.plus(LONGEST_SENDING))
                  .then(Mono.defer(() -> pages.removeFirst(page, old)))
                  .doOnNext(done -> count(done ? old.size() : 0))
                  .thenReturn(new Step(page.id(), false, oldest(page, old.size())));
    }

    private static @Nullable Instant oldest(Page page, int gone) {
        return page.stream().skip(gone).findFirst().map(Message::at).orElse(null);
    }

    private Mono<Step> remove(PageId id, int messages, Instant before) {
        return removal
            .remove(id, before.plus(LONGEST_SENDING))
            .doOnNext(_ -> count(messages))
            .thenReturn(new Step(id, true, null));
    }

    private void count(int messages) {
        expired.increment(messages);
    }

    /**
     * @param oldest the time of the page's oldest message; null if it is gone, or empty
     */
    private record Step(PageId page, boolean isGone, @Nullable Instant oldest) {
        long first() {
            return page.number() + (isGone ? 1 : 0);
        }
    }
}
