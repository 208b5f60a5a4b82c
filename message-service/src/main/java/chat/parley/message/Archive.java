package chat.parley.message;

import chat.parley.message.archive.ArchivedObjects;
import chat.parley.service.problem.Unavailable;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.UUID;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Moves pages between MongoDB and the S3 store. A page is in the archive exactly if its document is a stub that names
 * the object ({@link ArchivedPage}); every such change is one conditional write of that document, made when the object is
 * certain to be there and as it should be. Objects never change: each has a name of its own, and one that no stub names
 * is removed.
 */
@Component
class Archive {

    static final String RETURNED = "returned_pages";

    private static final String SINCE = "since";
    private static final int TRIES = 5;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Store store;
    private final ArchivedObjects objects;
    private final PagePacking packing;
    private final LooseEnds ends;
    private final Lease lease;
    private final Clock clock;
    private final Counter archived;
    private final Counter restored;

    Archive(
        Store store,
        ArchivedObjects objects,
        PagePacking packing,
        LooseEnds ends,
        Lease lease,
        Clock clock,
        MeterRegistry meters
    ) {
        this.store = store;
        this.objects = objects;
        this.packing = packing;
        this.ends = ends;
        this.lease = lease;
        this.clock = clock;
        this.archived = Counter.builder("parley.archive.archived")
            .description("Pages that went to the archive")
            .register(meters);
        this.restored = Counter.builder("parley.archive.restored")
            .description("Pages that came back from the archive because somebody changed them")
            .register(meters);
    }

    /**
     * The page's document with all that belongs in it: as it is, or as it was when it went to the archive. Empty if the
     * page has been removed in this very moment.
     *
     * @throws Unavailable (in the Mono) if the S3 store does not answer, or has not got it
     */
    Mono<Document> whole(Document document) {
        return ArchivedPage.isOne(document) ? whole(ArchivedPage.read(document), TRIES) : Mono.just(document);
    }

    private Mono<Document> whole(ArchivedPage stub, int tries) {
        return open(stub).switchIfEmpty(Mono.defer(() -> lookAgain(stub, tries)));
    }

    /** The object goes when its page comes back or is removed, or is sealed anew. */
    private Mono<Document> lookAgain(ArchivedPage missed, int tries) {
        return document(missed.id()).flatMap(document -> {
            if (!ArchivedPage.isOne(document)) {
                return Mono.just(document);
            }
            ArchivedPage stub = ArchivedPage.read(document);
            boolean isLost = tries == 0 || stub.key().equals(missed.key());
            return isLost ? Mono.error(new ArchiveLost(missed.key())) : whole(stub, tries - 1);
        });
    }

    private Mono<Document> document(PageId id) {
        return store.one(Pages.COLLECTION, pages -> pages.find(Filters.eq(id.toString())));
    }

    /** Empty if there is no such object. */
    private Mono<Document> open(ArchivedPage stub) {
        return objects
            .get(stub.key())
            .map(packed -> packing.unpack(stub.id(), packed))
            .map(page -> page.append(PageDocument.VERSION, stub.pageVersion()));
    }

    /**
     * Puts the page into the archive.
     *
     * @param page its document, which owes nothing
     * @return false if somebody has changed it meanwhile; then it has stayed where it is
     */
    Mono<Boolean> add(Document page) {
        return put(page, page, key -> ArchivedPage.of(page, key)).doOnNext(done -> count(archived, done));
    }

    /**
     * Seals an archived page anew, with the key that seals now.
     *
     * @param stub the document that stands for it
     * @return false if it is no longer what it was
     */
    Mono<Boolean> renew(Document stub) {
        ArchivedPage old = ArchivedPage.read(stub);
        return ends.whileNoted(old.id(), old.key(), _ ->
            open(old)
                .flatMap(page -> put(page, stub, key -> ArchivedPage.moved(stub, key)))
                .defaultIfEmpty(false)
        );
    }

    /**
     * @param page what goes into the object
     * @param before the document that is in MongoDB so far
     * @param stub what is to be there from then on, given the object's name
     */
    private Mono<Boolean> put(Document page, Document before, Function<String, Document> stub) {
        PageId id = PageId.parse(page.getString(PageDocument.ID));
        String key = id + "/" + UUID.randomUUID();
        return ends
            .whileNoted(id, key, by ->
                upload(key, packing.pack(page))
                    .then(lease.requireStill(by))
                    .then(Mono.defer(() -> replace(before, stub.apply(key))))
                    .map(done -> !done)
            )
            .map(isLoose -> !isLoose);
    }

    /** Only what has been read back is taken for stored. */
    private Mono<Void> upload(String key, byte[] packed) {
        return objects
            .put(key, packed)
            .then(objects.get(key))
            .filter(stored -> Arrays.equals(stored, packed))
            .switchIfEmpty(
                Mono.error(() -> new Unavailable("The archive loses what it is given.", RETRY_AFTER))
            )
            .then();
    }

    private Mono<Boolean> replace(Document before, Document after) {
        return store
            .one(Pages.COLLECTION, pages -> pages.replaceOne(unchanged(before), after))
            .map(result -> result.getMatchedCount() == 1);
    }

    private static Bson unchanged(Document document) {
        return new Document(PageDocument.ID, document.getString(PageDocument.ID)).append(
            PageDocument.VERSION,
            document.getLong(PageDocument.VERSION)
        );
    }

    /**
     * Brings an archived page back, since somebody wants to change it.
     *
     * @param stub the document that stands for it
     * @return false if it is no longer what it was
     */
    Mono<Boolean> restore(Document stub) {
        ArchivedPage old = ArchivedPage.read(stub);
        return ends
            .whileNoted(old.id(), old.key(), by ->
                open(old)
                    .flatMap(page ->
                        returned(old.id(), clock.instant())
                            .then(lease.requireStill(by))
                            .then(Mono.defer(() -> replace(stub, back(page, old))))
                    )
                    .defaultIfEmpty(false)
            )
            .doOnNext(done -> count(restored, done));
    }

    private Document back(Document page, ArchivedPage stub) {
        return new Document(page)
            .append(PageDocument.VERSION, stub.version() + 1)
            .append(PageDocument.CHANGED, Date.from(clock.instant()));
    }

    /** Its room has been gone through before: that this page is to go again has to be noted of itself. */
    Mono<Void> returned(PageId id, Instant since) {
        return store
            .one(RETURNED, pages ->
                pages.updateOne(
                    Filters.eq(id.toString()),
                    Updates.set(SINCE, Date.from(since)),
                    new UpdateOptions().upsert(true)
                )
            )
            .then();
    }

    /** Pages that came back and have been here for that long. */
    Flux<PageId> returnedBefore(Instant time, int most) {
        return store
            .many(RETURNED, pages -> pages.find(Filters.lte(SINCE, Date.from(time))).limit(most))
            .map(page -> PageId.parse(page.getString(PageDocument.ID)));
    }

    /** The page is in the archive again, or gone, unless it has come back once more since that time. */
    Mono<Void> settled(PageId id, Instant before) {
        Bson old = Filters.and(Filters.eq(id.toString()), Filters.lte(SINCE, Date.from(before)));
        return store.one(RETURNED, pages -> pages.deleteOne(old)).then();
    }

    /** Whoever has missed the page with a write finds it in MongoDB when he tries again. */
    Mono<Void> bringBack(PageId id) {
        return document(id).filter(ArchivedPage::isOne).flatMap(this::restore).then();
    }

    /** Removes the page for good if it is in the archive, and still what it was. */
    Mono<Boolean> remove(Page page) {
        return document(page.id())
            .filter(ArchivedPage::isOne)
            .filter(stub -> ArchivedPage.read(stub).pageVersion() == page.version())
            .flatMap(this::remove)
            .defaultIfEmpty(false);
    }

    /** Removes the page for good if it is in the archive, or should be, whatever was in it. */
    Mono<Boolean> removeUnread(PageId id) {
        return document(id)
            .flatMap(document -> ArchivedPage.isOne(document) ? remove(document) : Mono.just(false))
            .defaultIfEmpty(true);
    }

    private Mono<Boolean> remove(Document stub) {
        ArchivedPage old = ArchivedPage.read(stub);
        return ends.whileNoted(old.id(), old.key(), _ ->
            store
                .one(Pages.COLLECTION, pages -> pages.deleteOne(unchanged(stub)))
                .map(result -> result.getDeletedCount() == 1)
        );
    }

    private static void count(Counter counter, boolean done) {
        if (done) {
            counter.increment();
        }
    }
}
