package chat.parley.message;

import chat.parley.sealing.CannotOpen;
import chat.parley.service.sealing.Keyrings;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.result.UpdateResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * All pages of all rooms. Every write of something that readers see is conditional on the version it started from,
 * so that of two writers one wins and the other one knows.
 */
@Component
public class Pages {

    static final String COLLECTION = "pages";

    private static final int MESSAGE_OVERHEAD = 400;
    private static final int REACTOR_OVERHEAD = 40;
    private static final int STRIKES_AT_ONCE = 2;
    private static final int PAGES_A_STRIKE = 64;
    private static final int UNREADABLE_PAGES = 10_000;
    private static final Duration UNREADABLE_FOR = Duration.ofMinutes(1);

    private final Store store;
    private final PageDocument documents;
    private final Keyrings keyrings;
    private final Archive archive;
    private final PageWrites writes;
    private final Convoys<Strike, Boolean> strikes;
    private final Cache<PageId, Page> recent;
    private final Cache<PageId, Boolean> unreadable = Caffeine.newBuilder()
        .maximumSize(UNREADABLE_PAGES)
        .expireAfterWrite(UNREADABLE_FOR)
        .build();

    Pages(
        Store store,
        StoreProperties properties,
        PageDocument documents,
        Keyrings keyrings,
        Archive archive,
        PageWrites writes,
        MeterRegistry meters
    ) {
        this.store = store;
        this.documents = documents;
        this.keyrings = keyrings;
        this.archive = archive;
        this.writes = writes;
        this.strikes = new Convoys<>(STRIKES_AT_ONCE, PAGES_A_STRIKE, this::strike);
        this.recent = Caffeine.newBuilder()
            .maximumWeight(properties.cache().toBytes())
            .weigher(Pages::weigh)
            .recordStats()
            .build();
        CaffeineCacheMetrics.monitor(meters, recent, "pages");
    }

    private static int weigh(PageId id, Page page) {
        return page.stream().mapToInt(Pages::weightOf).sum();
    }

    private static int weightOf(Message message) {
        int reactors = message
            .reactions()
            .stream()
            .mapToInt(reaction -> reaction.users().size())
            .sum();
        int words = message.content().length() + message.body().sealed().bytes().length;
        return MESSAGE_OVERHEAD + words + REACTOR_OVERHEAD * reactors;
    }

    /** Who writes messages under this incarnation's name. */
    Append.Writer writer(String by) {
        return new Append.Writer(by, documents.sealer());
    }

    /** The page as the store has it, outbox included; empty if there is none. */
    Mono<Page> load(PageId id) {
        return peek(id).doOnNext(this::remember);
    }

    /** The same without any trace of it here: for who reads it for the last time. */
    Mono<Page> peek(PageId id) {
        return readable(id)
            .flatMap(document -> withKeys(() -> archive.whole(document)))
            .onErrorMap(CannotOpen.class, _ -> new ArchiveLost(id.toString()))
            .flatMap(document -> open(id, document));
    }

    /** What MongoDB has: the page's document, or the one that stands for it while it is in the archive. */
    Mono<Document> document(PageId id) {
        return store.one(COLLECTION, pages -> pages.find(Filters.eq(id.toString())));
    }

    /** The same without what messages are found by, which is as much as the rest and of no use to a reader. */
    private Mono<Document> readable(PageId id) {
        return store.one(COLLECTION, pages ->
            pages.find(Filters.eq(id.toString())).projection(Projections.exclude(TermIndex.TERMS))
        );
    }

    /**
     * The page as far as it takes to find the room's end: one from the archive, which is full, comes without messages.
     * So nobody who writes to the end of a room has to wait for the archive.
     */
    Mono<Page> glimpse(PageId id) {
        return readable(id).flatMap(document ->
            ArchivedPage.isOne(document)
                ? Mono.just(ArchivedPage.read(document).outline())
                : open(id, document).doOnNext(this::remember)
        );
    }

    /** The same, from memory if nothing has changed. */
    Mono<Page> currentGlimpse(PageId id) {
        Page known = recent.getIfPresent(id);
        return (known == null ? Mono.<Page>empty() : isStill(known)).switchIfEmpty(
            Mono.defer(() -> glimpse(id).map(Page::withoutOutbox))
        );
    }

    private Mono<Page> open(PageId id, Document document) {
        return withKeys(() -> Mono.fromCallable(() -> documents.read(document))).onErrorResume(
            CannotOpen.class,
            _ -> Mono.fromCallable(() -> readWhatOpens(id, document))
        );
    }

    /** A key that is missing may be there by now: then, and only then, the keys are read again. */
    private <T> Mono<T> withKeys(Supplier<Mono<T>> opening) {
        return Mono.defer(opening).onErrorResume(Pages::missesKey, _ ->
            keyrings.reread().then(Mono.defer(opening))
        );
    }

    private static boolean missesKey(Throwable failure) {
        return failure instanceof CannotOpen refusal && refusal.reason() == CannotOpen.Reason.UNKNOWN_KEY;
    }

    private Page readWhatOpens(PageId id, Document document) {
        unreadable.put(id, true);
        recent.invalidate(id);
        return documents.readWhatOpens(document);
    }

    Mono<Boolean> exists(PageId id) {
        return store
            .one(COLLECTION, pages ->
                pages.find(Filters.eq(id.toString())).projection(Projections.include(PageDocument.ID))
            )
            .hasElement();
    }

    /** Removes it for good; false if somebody has changed it since it was read. */
    Mono<Boolean> remove(Page page) {
        recent.invalidate(page.id());
        return store
            .one(COLLECTION, pages -> pages.deleteOne(is(page)))
            .map(result -> result.getDeletedCount() == 1)
            .flatMap(gone -> gone ? Mono.just(true) : archive.remove(page));
    }

    void remember(Page page) {
        // With its key back, or mended by hand, it has the same version as now.
        if (unreadable.getIfPresent(page.id()) != null) {
            return;
        }
        Page seen = page.withoutOutbox();
        recent
            .asMap()
            .merge(page.id(), seen, (known, news) -> news.version() > known.version() ? news : known);
    }

    /**
     * The page as it is now, without its outbox; empty if there is none. From memory if the store says, by its
     * version alone, that it has not changed: whoever wrote it, on whatever instance, the next reader sees it.
     */
    public Mono<Page> current(PageId id) {
        Page known = recent.getIfPresent(id);
        return known == null ? reread(id) : isStill(known).switchIfEmpty(Mono.defer(() -> reread(id)));
    }

    private Mono<Page> reread(PageId id) {
        return load(id).map(Page::withoutOutbox);
    }

    private Mono<Page> isStill(Page known) {
        return store
            .one(COLLECTION, pages ->
                pages
                    .find(Filters.eq(known.id().toString()))
                    .projection(Projections.include(PageDocument.VERSION, ArchivedPage.ARCHIVE))
            )
            .filter(document -> isVersionOf(document, known))
            .map(_ -> known);
    }

    /** Going to the archive has not changed a page. */
    private static boolean isVersionOf(Document document, Page page) {
        long version = ArchivedPage.isOne(document)
            ? ArchivedPage.read(document).pageVersion()
            : document.getLong(PageDocument.VERSION);
        return version == page.version();
    }

    /** The page in some state since it was filled: enough for what never changes, such as who wrote what. */
    Mono<Page> full(PageId id) {
        Page known = recent.getIfPresent(id);
        return known != null && known.isFull() ? Mono.just(known) : reread(id);
    }

    /**
     * Writes it if the page is still what it was.
     *
     * @param paid outbox entries of the page to strike out in the same write
     * @return false if somebody else has changed the page
     */
    Mono<Boolean> append(Append append, Collection<Long> paid) {
        return append.before().isNew() ? create(append) : extend(append, paid);
    }

    /**
     * Writes all of them in one call. The store counts how many pages were still what they were, and does not say which:
     * unless all were, each is answered as if it had not been written, though it may have been.
     *
     * @param all of different pages, none of which is new
     */
    Mono<List<Boolean>> extend(List<Extension> all) {
        if (all.size() == 1) {
            return extend(all.getFirst().append, all.getFirst().paid).map(List::of);
        }
        List<UpdateOneModel<Document>> updates = all
            .stream()
            .map(one ->
                new UpdateOneModel<Document>(is(one.append.before()), writes.of(one.append, one.paid))
            )
            .toList();
        return store
            .one(COLLECTION, pages -> pages.bulkWrite(updates, new BulkWriteOptions().ordered(false)))
            .map(BulkWriteResult::getMatchedCount)
            // Refused on account of one: who has been written nevertheless finds that out.
            .onErrorReturn(DataIntegrityViolationException.class, 0)
            .map(matched -> Collections.nCopies(all.size(), matched == all.size()));
    }

    private Mono<Boolean> create(Append append) {
        Document page = writes.first(append);
        return store
            .one(COLLECTION, pages -> pages.insertOne(page))
            .hasElement()
            .onErrorResume(DuplicateKeyException.class, _ -> Mono.just(false));
    }

    private Mono<Boolean> extend(Append append, Collection<Long> paid) {
        return change(append.before(), writes.of(append, paid));
    }

    /**
     * Writes it if the page is still what it was.
     *
     * @param paid as for {@link #append}
     * @return false if somebody else has changed the page
     */
    Mono<Boolean> change(Change change, Collection<Long> paid) {
        return change(change.before(), writes.of(change, paid));
    }

    /** Writes what first messages on the page know of their replies, if the page is still what it was. */
    Mono<Boolean> updateThreads(Page page, Map<Long, Replies> threads) {
        return change(page, writes.ofThreads(page, threads));
    }

    /** The room no longer keeps these, the first ones of the page; false if somebody has changed the page. */
    Mono<Boolean> removeFirst(Page page, List<Message> old) {
        return change(page, writes.withoutFirst(page, old));
    }

    /** Writes these changes, the next version among them, if the page is still what it was. */
    private Mono<Boolean> change(Page page, Bson changes) {
        return store
            .one(COLLECTION, pages -> pages.updateOne(is(page), changes))
            .map(UpdateResult::getMatchedCount)
            .map(matched -> matched == 1)
            .flatMap(written -> written ? Mono.just(true) : archive.bringBack(page.id()).thenReturn(false));
    }

    private static Bson is(Page page) {
        return new Document(PageDocument.ID, page.id().toString()).append(
            PageDocument.VERSION,
            page.version()
        );
    }

    /**
     * Strikes out outbox entries. No reader sees these, so the version stays and no writer is disturbed. Many rooms fall
     * quiet between two looks: those that do share a call.
     */
    Mono<Void> strike(PageId id, Collection<Long> paid) {
        return strikes.join(new Strike(id, paid)).then();
    }

    private Mono<List<Boolean>> strike(List<Strike> all) {
        return (all.size() == 1 ? strike(all.getFirst()) : strikeTogether(all)).thenReturn(
            Collections.nCopies(all.size(), true)
        );
    }

    private Mono<UpdateResult> strike(Strike one) {
        return store.one(COLLECTION, pages ->
            pages.updateOne(Filters.eq(one.page.toString()), PageWrites.striking(one.paid))
        );
    }

    private Mono<BulkWriteResult> strikeTogether(List<Strike> all) {
        List<UpdateOneModel<Document>> updates = all
            .stream()
            .map(one ->
                new UpdateOneModel<Document>(Filters.eq(one.page.toString()), PageWrites.striking(one.paid))
            )
            .toList();
        return store.one(COLLECTION, pages ->
            pages.bulkWrite(updates, new BulkWriteOptions().ordered(false))
        );
    }

    /** The versions of the outbox entries that the page has now. */
    Mono<Set<Long>> debts(PageId id) {
        return store
            .one(COLLECTION, pages ->
                pages.find(Filters.eq(id.toString())).projection(Projections.include(PageDocument.OUTBOX))
            )
            .map(page -> page.get(PageDocument.OUTBOX, new Document()).keySet())
            .map(versions -> versions.stream().map(Long::valueOf).collect(Collectors.toSet()))
            .defaultIfEmpty(Set.of());
    }

    /**
     * An append to a page that there is.
     *
     * @param paid outbox entries of the page to strike out in the same write
     */
    record Extension(Append append, Collection<Long> paid) {}

    /**
     * @param paid the versions of entries that are told and paid
     */
    private record Strike(PageId page, Collection<Long> paid) {}
}
