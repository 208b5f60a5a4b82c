package chat.parley.message;

import chat.parley.message.archive.ArchivedObjects;
import chat.parley.service.problem.Unavailable;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The objects of the archive of which it may not be certain whether a page refers to them, because a page and its object
 * lie in two stores. Whoever begins something that makes it uncertain notes the object first, under its incarnation's
 * name, and strikes the note out when it is certain again. What a crash leaves is settled by looking: an object that no
 * page refers to is removed. So none is ever left behind.
 */
@Component
class LooseEnds {

    static final String COLLECTION = "archive_ends";

    private static final Logger log = LoggerFactory.getLogger(LooseEnds.class);
    private static final String PAGE = "page";
    private static final String BY = "by";
    private static final String AT = "at";
    private static final int AT_ONCE = 4;

    private final Store store;
    private final ArchivedObjects objects;
    private final Lease lease;
    private final LeaseProperties leases;
    private final Clock clock;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    LooseEnds(Store store, ArchivedObjects objects, Lease lease, LeaseProperties leases, Clock clock) {
        this.store = store;
        this.objects = objects;
        this.lease = lease;
        this.leases = leases;
        this.clock = clock;
    }

    /**
     * Does what may loosen the object from its page or tie it to it, with the object noted meanwhile.
     *
     * @param work gets the incarnation in whose name it works; true if afterwards no page refers to the object
     * @return what the work says. That the object may not be removable right now is not the caller's matter
     */
    Mono<Boolean> whileNoted(PageId page, String key, Function<String, Mono<Boolean>> work) {
        return Mono.usingWhen(
            Mono.fromCallable(() -> underWay.add(key)),
            _ -> lease.require().flatMap(by -> noted(new End(key, page, by, clock.instant()), work)),
            _ -> Mono.fromRunnable(() -> underWay.remove(key))
        );
    }

    private Mono<Boolean> noted(End end, Function<String, Mono<Boolean>> work) {
        Document note = new Document("_id", end.key)
            .append(PAGE, end.page.toString())
            .append(BY, end.by)
            .append(AT, Date.from(end.at));
        return store
            .one(COLLECTION, ends ->
                ends.replaceOne(Filters.eq(end.key), note, new ReplaceOptions().upsert(true))
            )
            .then(Mono.defer(() -> work.apply(end.by)))
            .flatMap(isLoose -> tidy(end, isLoose).thenReturn(isLoose));
    }

    private Mono<Void> tidy(End end, boolean isLoose) {
        return (isLoose ? objects.remove(end.key) : Mono.<Void>empty()).then(
            Mono.defer(() -> strike(end.key))
        ).onErrorResume(Unavailable.class, failure -> later(end, failure));
    }

    private static Mono<Void> later(End end, Throwable failure) {
        log.warn("{} is settled later: {}", end.key, failure.toString());
        return Mono.empty();
    }

    private Mono<Void> strike(String key) {
        return store.one(COLLECTION, ends -> ends.deleteOne(Filters.eq(key))).then();
    }

    /** Settles this instance's own ends that something has interrupted, and those of the dead. */
    Mono<Void> settle() {
        // The notes before the leases: whoever has written one of these had a lease by then.
        return lease
            .require()
            .flatMap(me ->
                all()
                    .collectList()
                    .zipWith(living())
                    .flatMapIterable(found ->
                        found
                            .getT1()
                            .stream()
                            .filter(end -> isToSettle(end, me, found.getT2()))
                            .toList()
                    )
                    .flatMap(this::settleOrLeave, AT_ONCE)
                    .then()
            );
    }

    private Flux<End> all() {
        return store
            .many(COLLECTION, ends -> ends.find())
            .map(end ->
                new End(
                    end.getString("_id"),
                    PageId.parse(end.getString(PAGE)),
                    end.getString(BY),
                    end.getDate(AT).toInstant()
                )
            );
    }

    private Mono<Set<String>> living() {
        return store
            .many(Lease.COLLECTION, all -> all.find())
            .map(one -> one.getString("_id"))
            .collect(Collectors.toSet());
    }

    /** One's own only when no write of a page can be under way any more that was given up. */
    private boolean isToSettle(End end, String me, Set<String> living) {
        boolean isOver = end.at.plus(leases.silenceOfTheDead()).isBefore(clock.instant());
        return end.by.equals(me) ? isOver && !underWay.contains(end.key) : !living.contains(end.by);
    }

    private Mono<Void> settleOrLeave(End end) {
        return settle(end).onErrorResume(failure -> later(end, failure));
    }

    private Mono<Void> settle(End end) {
        return store
            .one(Pages.COLLECTION, pages -> pages.find(Filters.eq(end.page.toString())))
            .filter(page -> ArchivedPage.isOne(page) && ArchivedPage.read(page).key().equals(end.key))
            .hasElement()
            .flatMap(isTied -> isTied ? Mono.empty() : objects.remove(end.key))
            .then(Mono.defer(() -> strike(end.key)));
    }

    private record End(String key, PageId page, String by, Instant at) {}
}
