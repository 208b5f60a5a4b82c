package chat.parley.message;

import chat.parley.sealing.CannotOpen;
import chat.parley.service.sealing.Keyrings;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final int UNREADABLE_PAGES = 10_000;
    private static final Duration UNREADABLE_FOR = Duration.ofMinutes(1);

    private final Store store;
    private final PageDocument documents;
    private final Keyrings keyrings;
    private final MessageTerms terms;
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
        MessageTerms terms,
        MeterRegistry meters
    ) {
        this.store = store;
        this.documents = documents;
        this.keyrings = keyrings;
        this.terms = terms;
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
        return store
            .one(COLLECTION, pages -> pages.find(Filters.eq(id.toString())))
            .flatMap(document -> open(id, document));
    }

    /** A key that is missing may be there by now: then, and only then, the keys are read again. */
    private Mono<Page> open(PageId id, Document document) {
        return Mono.fromCallable(() -> documents.read(document))
            .onErrorResume(Pages::missesKey, _ ->
                keyrings.reread().then(Mono.fromCallable(() -> documents.read(document)))
            )
            .onErrorResume(CannotOpen.class, _ -> Mono.fromCallable(() -> readWhatOpens(id, document)));
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
            .map(result -> result.getDeletedCount() == 1);
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
        Bson unchanged = is(known);
        return store
            .one(COLLECTION, pages -> pages.find(unchanged).projection(Projections.include(PageDocument.ID)))
            .map(_ -> known);
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
                new UpdateOneModel<Document>(
                    is(one.append.before()),
                    Updates.combine(changes(one.append, one.paid))
                )
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
        Page after = append.after();
        Document page = new Document(PageDocument.ID, after.id().toString())
            .append(PageDocument.VERSION, after.version())
            .append(PageDocument.MESSAGES, documents(append.messages()))
            .append(PageDocument.THREADS, threads(append.threads()))
            .append(PageDocument.OUTBOX, outbox(append));
        if (!after.imports().isEmpty()) {
            page.append(PageDocument.IMPORTS, new Document(Map.copyOf(after.imports())));
        }
        return store
            .one(COLLECTION, pages -> pages.insertOne(page))
            .hasElement()
            .onErrorResume(DuplicateKeyException.class, _ -> Mono.just(false));
    }

    private List<Document> documents(List<Message> messages) {
        return messages.stream().map(this::document).toList();
    }

    /** Whoever writes what a message says writes with it what the message is found by. */
    private Document document(Message message) {
        Document document = PageDocument.of(message);
        List<Integer> hashes = terms.of(message);
        return hashes.isEmpty() ? document : document.append(PageDocument.TERMS, hashes);
    }

    private static Document threads(Map<Long, Replies> threads) {
        Document document = new Document();
        threads.forEach((parent, replies) -> document.append(parent.toString(), PageDocument.of(replies)));
        return document;
    }

    private static Document outbox(Append append) {
        return new Document(Long.toString(append.after().version()), PageDocument.of(append.entry()));
    }

    private Mono<Boolean> extend(Append append, Collection<Long> paid) {
        return change(append.before(), changes(append, paid));
    }

    private List<Bson> changes(Append append, Collection<Long> paid) {
        long version = append.after().version();
        List<Bson> changes = new ArrayList<>();
        changes.add(Updates.set(PageDocument.VERSION, version));
        changes.add(Updates.pushEach(PageDocument.MESSAGES, documents(append.messages()), new PushOptions()));
        changes.add(Updates.set(outboxPath(version), PageDocument.of(append.entry())));
        changes.addAll(threadChanges(append.threads()));
        if (!append.after().imports().equals(append.before().imports())) {
            changes.add(
                Updates.set(PageDocument.IMPORTS, new Document(Map.copyOf(append.after().imports())))
            );
        }
        paid.forEach(entry -> changes.add(Updates.unset(outboxPath(entry))));
        return changes;
    }

    /**
     * Writes it if the page is still what it was.
     *
     * @param paid as for {@link #append}
     * @return false if somebody else has changed the page
     */
    Mono<Boolean> change(Change change, Collection<Long> paid) {
        long version = change.after().version();
        List<Bson> changes = new ArrayList<>();
        changes.add(Updates.set(PageDocument.VERSION, version));
        change.messages().forEach(message -> changes.add(setting(change, message)));
        changes.add(Updates.set(outboxPath(version), PageDocument.of(change.entry())));
        paid.forEach(entry -> changes.add(Updates.unset(outboxPath(entry))));
        return change(change.before(), changes);
    }

    private Bson setting(Change change, Message message) {
        String path = PageDocument.MESSAGES + "." + (message.seq() - change.after().id().firstSeq());
        return change.isOnlyReacted(message)
            ? Updates.set(path + "." + PageDocument.REACTIONS, PageDocument.of(message.reactions()))
            : Updates.set(path, document(message));
    }

    /** Writes what first messages on the page know of their replies, if the page is still what it was. */
    Mono<Boolean> updateThreads(Page page, Map<Long, Replies> threads) {
        List<Bson> changes = new ArrayList<>(threadChanges(threads));
        changes.add(Updates.set(PageDocument.VERSION, page.version() + 1));
        return change(page, changes);
    }

    private static List<Bson> threadChanges(Map<Long, Replies> threads) {
        return threads
            .entrySet()
            .stream()
            .map(thread ->
                Updates.set(PageDocument.THREADS + "." + thread.getKey(), PageDocument.of(thread.getValue()))
            )
            .toList();
    }

    private Mono<Boolean> change(Page page, List<Bson> changes) {
        return store
            .one(COLLECTION, pages -> pages.updateOne(is(page), Updates.combine(changes)))
            .map(UpdateResult::getMatchedCount)
            .map(matched -> matched == 1);
    }

    private static Bson is(Page page) {
        return new Document(PageDocument.ID, page.id().toString()).append(
            PageDocument.VERSION,
            page.version()
        );
    }

    /** Strikes out outbox entries. No reader sees these, so the version stays and no writer is disturbed. */
    Mono<Void> strike(PageId id, Collection<Long> paid) {
        Bson changes = Updates.combine(
            paid
                .stream()
                .map(entry -> Updates.unset(outboxPath(entry)))
                .toList()
        );
        return store.one(COLLECTION, pages -> pages.updateOne(Filters.eq(id.toString()), changes)).then();
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

    private static String outboxPath(long version) {
        return PageDocument.OUTBOX + "." + version;
    }

    /**
     * An append to a page that there is.
     *
     * @param paid outbox entries of the page to strike out in the same write
     */
    record Extension(Append append, Collection<Long> paid) {}
}
