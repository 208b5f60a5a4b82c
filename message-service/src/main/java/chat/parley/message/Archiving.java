package chat.parley.message;

import chat.parley.contracts.RoomId;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends pages to the archive that are full, owe nothing, and have been left alone for long. */
@Component
class Archiving {

    private static final int RETURNED_AT_ONCE = 4;

    private final Pages pages;
    private final Archive archive;
    private final ArchiveProperties properties;
    private final UpkeepProperties upkeep;
    private final Clock clock;

    Archiving(
        Pages pages,
        Archive archive,
        ArchiveProperties properties,
        StoreProperties store,
        UpkeepProperties upkeep,
        Clock clock
    ) {
        // Whoever tries to send a message again looks for it on the pages since the first try.
        if (properties.isOn() && properties.after().compareTo(store.claimsKeptFor()) <= 0) {
            throw new IllegalArgumentException(
                "parley.archive.after must be longer than parley.store.claims-kept-for"
            );
        }
        this.pages = pages;
        this.archive = archive;
        this.properties = properties;
        this.upkeep = upkeep;
        this.clock = clock;
    }

    /**
     * What a turn has come to.
     *
     * @param next the first page that has not been archived yet
     * @param due when it will be time for that; null if nobody knows, since it is the room's last one
     * @param isOver whether nothing is left to do now
     */
    record Turn(long next, @Nullable Instant due, boolean isOver) {}

    boolean isOn() {
        return properties.isOn();
    }

    /**
     * Archives pages from this one on, as many as make a turn.
     *
     * @param tail the room's last page, which stays
     */
    Mono<Turn> takeTurn(RoomId room, long from, PageId tail) {
        return Flux.range(0, upkeep.pagesPerTurn())
            .map(offset -> new PageId(room, from + offset))
            .takeWhile(page -> page.number() < tail.number())
            .concatMap(this::archive)
            .takeUntil(step -> !step.isDone)
            .reduce(new Turn(from, null, from >= tail.number()), (_, step) ->
                new Turn(step.next(), step.due, !step.isDone || step.next() >= tail.number())
            );
    }

    private Mono<Step> archive(PageId id) {
        return pages
            .document(id)
            .filter(document -> !ArchivedPage.isOne(document))
            .flatMap(document -> archive(id, document))
            .defaultIfEmpty(new Step(id, true, null));
    }

    private Mono<Step> archive(PageId id, Document document) {
        Instant now = clock.instant();
        Instant due = Objects.requireNonNullElse(ArchivedPage.changed(document), now).plus(
            properties.after()
        );
        if (due.isAfter(now)) {
            return Mono.just(new Step(id, false, due));
        }
        return ArchivedPage.canBeMadeOf(document)
            ? archive.add(document).map(done -> new Step(id, done, done ? null : now))
            : Mono.just(new Step(id, false, now));
    }

    /** Archives pages again that had come back. */
    Mono<Void> archiveReturned() {
        Instant before = clock.instant().minus(properties.after());
        return archive
            .returnedBefore(before, upkeep.pagesPerTurn())
            .flatMap(page -> archiveReturned(page, before), RETURNED_AT_ONCE)
            .then();
    }

    private Mono<Void> archiveReturned(PageId id, Instant before) {
        return archive(id).flatMap(step ->
            step.isDone ? archive.settled(id, before) : archive.returned(id, clock.instant())
        );
    }

    private record Step(PageId page, boolean isDone, @Nullable Instant due) {
        long next() {
            return page.number() + (isDone ? 1 : 0);
        }
    }
}
