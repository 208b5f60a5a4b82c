package chat.parley.message;

import chat.parley.message.Marks.Mark;
import chat.parley.service.rounds.Pace;
import chat.parley.service.rounds.Rounds;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Pays the debts of instances that died: publishes what they stored and did not tell of. One instance does it at a
 * time; it watches the leases, buries the silent, and goes through the pages they have marked.
 */
@Component
final class Sweeper extends Rounds {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    private static final String OFFICE = "sweeper";
    private static final String HOLDER = "holder";
    private static final String NOBODY = "";
    private static final int AT_ONCE = 8;

    private final Store store;
    private final Lease lease;
    private final LeaseProperties properties;
    private final Marks marks;
    private final Pages pages;
    private final Relay relay;
    private final Debts debts;
    private final Map<String, Observed> observed = new HashMap<>();
    private volatile boolean inOffice;

    Sweeper(
        Store store,
        Lease lease,
        LeaseProperties properties,
        Marks marks,
        Pages pages,
        Relay relay,
        Debts debts
    ) {
        super(Pace.every(properties.beat()));
        this.store = store;
        this.lease = lease;
        this.properties = properties;
        this.marks = marks;
        this.pages = pages;
        this.relay = relay;
        this.debts = debts;
    }

    @Override
    protected Mono<Void> round() {
        return sweep();
    }

    /** One round. */
    Mono<Void> sweep() {
        // The marks before the leases: whoever has set one of these marks had a lease by then, and has it still
        // if it lives.
        return lease
            .require()
            .flatMap(me ->
                marks
                    .all()
                    .collectList()
                    .flatMap(all -> sweep(me, all))
            );
    }

    private Mono<Void> sweep(String me, List<Mark> all) {
        return store
            .many(Lease.COLLECTION, leases -> leases.find())
            .filter(document -> document.containsKey(Lease.BEATS))
            .collectMap(lease -> lease.getString("_id"), lease -> lease.getLong(Lease.BEATS))
            .doOnNext(this::observe)
            .flatMap(leases -> sweepIfInOffice(me, all, leases.keySet()));
    }

    private void observe(Map<String, Long> leases) {
        long now = System.nanoTime();
        observed.keySet().retainAll(leases.keySet());
        leases.forEach((incarnation, beats) ->
            observed.merge(incarnation, new Observed(beats, now), Observed::unlessAlike)
        );
    }

    private Mono<Void> sweepIfInOffice(String me, List<Mark> all, Set<String> leases) {
        return holdsOffice(me)
            .doOnNext(mine -> inOffice = mine)
            .flatMap(mine -> mine ? payDebtsOfTheDead(me, all, leases) : Mono.empty());
    }

    /** Whether it was this instance's turn when last it looked. Two may think so for a moment: no more than a hint. */
    boolean isInOffice() {
        return inOffice;
    }

    /** Whether this instance is the one that sweeps; takes the office over from a dead holder. */
    private Mono<Boolean> holdsOffice(String me) {
        return store
            .one(Lease.COLLECTION, leases -> leases.find(Filters.eq(OFFICE)))
            .map(office -> office.getString(HOLDER))
            .defaultIfEmpty(NOBODY)
            .flatMap(holder -> holdsOffice(me, holder));
    }

    private Mono<Boolean> holdsOffice(String me, String holder) {
        if (holder.equals(NOBODY)) {
            return create(new Document("_id", OFFICE).append(HOLDER, me));
        }
        return holder.equals(me) || isAlive(holder) ? Mono.just(holder.equals(me)) : succeed(me, holder);
    }

    private Mono<Boolean> create(Document office) {
        return store
            .one(Lease.COLLECTION, leases -> leases.insertOne(office))
            .hasElement()
            .onErrorResume(DuplicateKeyException.class, _ -> Mono.just(false));
    }

    private Mono<Boolean> succeed(String me, String dead) {
        Document vacant = new Document("_id", OFFICE).append(HOLDER, dead);
        return store
            .one(Lease.COLLECTION, leases -> leases.updateOne(vacant, Updates.set(HOLDER, me)))
            .map(result -> result.getMatchedCount() == 1);
    }

    /** Judged by this instance's clock alone: it has not been silent for long since this instance first saw it. */
    private boolean isAlive(String incarnation) {
        Observed last = observed.get(incarnation);
        return last != null && System.nanoTime() - last.since < properties.silenceOfTheDead().toNanos();
    }

    private Mono<Void> payDebtsOfTheDead(String me, List<Mark> all, Set<String> leases) {
        return Flux.fromIterable(leases)
            .filter(incarnation -> !isAlive(incarnation))
            .filterWhen(this::bury, 1)
            .collect(Collectors.toSet())
            .map(buried -> withoutOwner(all, leases, buried))
            .flatMapIterable(Sweeper::byRoom)
            .flatMap(room -> payDebts(me, room), AT_ONCE)
            .then();
    }

    private static List<Mark> withoutOwner(List<Mark> all, Set<String> leases, Set<String> buried) {
        return all
            .stream()
            .filter(mark -> !leases.contains(mark.by()) || buried.contains(mark.by()))
            .toList();
    }

    /** From then on it cannot come back: should it live after all, it finds its lease gone. */
    private Mono<Boolean> bury(String incarnation) {
        Observed last = Objects.requireNonNull(observed.get(incarnation));
        Document silent = new Document("_id", incarnation).append(Lease.BEATS, last.beats);
        log.info("instance {} is silent: another one pays its debts", incarnation);
        return store
            .one(Lease.COLLECTION, leases -> leases.deleteOne(silent))
            .map(result -> result.getDeletedCount() == 1);
    }

    /** Each room's by page, first pages first: so the room's events are told in their order. */
    private static Collection<TreeMap<PageId, List<Mark>>> byRoom(List<Mark> marks) {
        return marks
            .stream()
            .collect(
                Collectors.groupingBy(
                    mark -> mark.page().room(),
                    Collectors.groupingBy(Mark::page, Sweeper::inOrder, Collectors.toList())
                )
            )
            .values();
    }

    private static TreeMap<PageId, List<Mark>> inOrder() {
        return new TreeMap<>(Comparator.comparingLong(PageId::number));
    }

    /** What fails is left for the next time, and with it what comes after it in the room. */
    private Mono<Void> payDebts(String me, SortedMap<PageId, List<Mark>> room) {
        return Flux.fromIterable(room.entrySet())
            .concatMap(page -> payDebts(me, page.getKey(), page.getValue()))
            .then()
            .onErrorResume(failure -> later(room.firstKey(), failure));
    }

    private static Mono<Void> later(PageId first, Throwable failure) {
        log.warn("what was owed from page {} on is settled later: {}", first, failure.toString());
        return Mono.empty();
    }

    private Mono<Void> payDebts(String me, PageId page, List<Mark> marked) {
        Set<String> dead = marked.stream().map(Mark::by).collect(Collectors.toSet());
        return pages
            .load(page)
            .flatMap(found -> payDebts(me, dead, found))
            .thenMany(Flux.fromIterable(marked))
            .concatMap(marks::remove)
            .then();
    }

    private Mono<Void> payDebts(String me, Set<String> dead, Page page) {
        List<Long> versions = page
            .outbox()
            .entrySet()
            .stream()
            .filter(entry -> dead.contains(entry.getValue().by()))
            .map(Map.Entry::getKey)
            .toList();
        List<OutboxEntry> entries = versions.stream().map(page.outbox()::get).toList();
        return entries.isEmpty()
            ? Mono.empty()
            : relay
                  .tell(page.id().room(), entries)
                  .thenMany(
                      Flux.fromIterable(entries).concatMap(entry -> debts.pay(page.id().room(), entry, me))
                  )
                  .then(Mono.defer(() -> pages.strike(page.id(), versions)));
    }

    @Override
    public int getPhase() {
        return 0;
    }

    /**
     * @param since when this instance first saw that many beats, in its own nanoseconds
     */
    private record Observed(long beats, long since) {
        Observed unlessAlike(Observed news) {
            return beats == news.beats ? this : news;
        }
    }
}
