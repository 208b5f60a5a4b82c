package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.message.RoomOutbox.Owed;
import chat.parley.service.problem.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes what waits in a lane. Whatever goes wrong on the way, it looks before it writes again: a message is in the
 * room once, or its author is told that it could not be stored.
 */
@Component
class Commits {

    private static final Logger log = LoggerFactory.getLogger(Commits.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int LONGEST_PAUSE_MILLIS = 20;

    private final Pages pages;
    private final Tails tails;
    private final Claims claims;
    private final OwingWrites writes;
    private final Lease lease;
    private final Debts debts;
    private final LaneProperties properties;
    private final Clock clock;

    Commits(
        Pages pages,
        Tails tails,
        Claims claims,
        OwingWrites writes,
        Lease lease,
        Debts debts,
        LaneProperties properties,
        Clock clock
    ) {
        this.pages = pages;
        this.tails = tails;
        this.claims = claims;
        this.writes = writes;
        this.lease = lease;
        this.debts = debts;
        this.properties = properties;
        this.clock = clock;
    }

    /** Answers every ticket, one way or the other. Only for who has the lane's turn. */
    Mono<Void> commit(Lane lane, List<Ticket> tickets) {
        return lease
            .require()
            .flatMap(by -> commit(lane, tickets, by))
            .timeout(properties.patience())
            .onErrorResume(failure -> refuse(lane, tickets, failure));
    }

    private Mono<Void> commit(Lane lane, List<Ticket> tickets, String by) {
        return tail(lane, by)
            .flatMap(tail -> claims.claim(lane.room(), tail.id().number(), tickets))
            .then(Mono.defer(() -> attempt(new Round(lane, tickets, by, 1))));
    }

    private Mono<Void> refuse(Lane lane, List<Ticket> tickets, Throwable failure) {
        // What was under way may still arrive: only the store can say now where the room ends.
        lane.loseTail();
        log.warn("room {}: {} messages not stored: {}", lane.room(), tickets.size(), failure.toString());
        Throwable answer = failure instanceof Unavailable
            ? failure
            : new Unavailable("The message could not be stored right now.", RETRY_AFTER);
        tickets
            .stream()
            .filter(Ticket::isOpen)
            .forEach(ticket -> ticket.fail(answer));
        return Mono.empty();
    }

    /** The room's last page, perhaps not the newest state of it. */
    Mono<Page> tail(Lane lane, String by) {
        return Mono.justOrEmpty(lane.tail()).switchIfEmpty(Mono.defer(() -> locate(lane, by)));
    }

    /**
     * Reads where the room ends, and on the way takes over what this incarnation has written without learning of
     * it: it walks from the first page that it may have written.
     */
    Mono<Page> locate(Lane lane, String by) {
        return start(lane)
            .flatMap(number -> last(new PageId(lane.room(), number), lane, by))
            .defaultIfEmpty(Page.empty(new PageId(lane.room(), 0)))
            .doOnNext(lane::tail);
    }

    private Mono<Page> last(PageId from, Lane lane, String by) {
        return walk(from)
            .doOnNext(page -> lane.outbox().adopt(page, by))
            .takeLast(1)
            .next()
            .switchIfEmpty(Mono.defer(() -> tails.beyond(from).flatMap(next -> last(next, lane, by))));
    }

    private Mono<Long> start(Lane lane) {
        return Mono.justOrEmpty(
            lane.outbox().growing().stream().map(PageId::number).min(Long::compare)
        ).switchIfEmpty(Mono.defer(() -> tails.hint(lane.room())));
    }

    private Flux<Page> walk(PageId from) {
        return pages
            .glimpse(from)
            .expand(page -> page.isFull() ? pages.glimpse(page.id().next()) : Mono.empty());
    }

    private Mono<Void> attempt(Round round) {
        return answerWhatIsThere(round).then(
            Mono.defer(() -> round.open().isEmpty() ? Mono.empty() : write(round))
        );
    }

    /** Answers the tickets whose messages are in the room already. */
    private Mono<Void> answerWhatIsThere(Round round) {
        Page tail = round.page();
        return Flux.fromIterable(round.open())
            .filter(ticket -> ticket.mayLieOn(tail.id()))
            .concatMap(ticket -> answerIfUpTo(tail, ticket))
            .then();
    }

    private Mono<Void> answerIfUpTo(Page tail, Ticket ticket) {
        int pagesBefore = Math.toIntExact(tail.id().number() - ticket.firstPage());
        return Flux.range(0, pagesBefore)
            .map(offset -> new PageId(tail.id().room(), ticket.firstPage() + offset))
            .concatMap(pages::full)
            .concatWithValues(tail)
            .filter(page -> ticket.lookOn(page) != null)
            .next()
            .flatMap(page -> answerAsOnNow(page.id(), ticket));
    }

    /** What was looked at tells where the message is; edited or deleted it may have been since, by any instance. */
    private Mono<Void> answerAsOnNow(PageId id, Ticket ticket) {
        return pages
            .current(id)
            .doOnNext(page -> answerIfOn(page, ticket))
            .then();
    }

    private static void answerIfOn(Page page, Ticket ticket) {
        Posted posted = ticket.lookOn(page);
        if (posted != null) {
            ticket.succeed(posted);
        }
    }

    private Mono<Void> write(Round round) {
        Page target = round.target();
        List<Ticket> chosen = choose(round.open(), target.space());
        List<Draft> drafts = chosen.stream().map(Ticket::draft).toList();
        Append append = Append.onto(target, drafts, pages.writer(round.by), clock.instant());
        List<Long> paid = round.lane.outbox().toldOf(target.id());
        RoomOutbox outbox = round.lane.outbox();
        outbox.grows(target.id());
        return writes
            .append(outbox, append, paid)
            .flatMap(written ->
                written ? accept(round, chosen, append, paid) : again(round, chosen, target.id())
            );
    }

    /** As many as fit; of two tries of the same message only the first, so that the other one finds it. */
    private static List<Ticket> choose(List<Ticket> open, int space) {
        Set<Object> names = new HashSet<>();
        List<Ticket> chosen = new ArrayList<>();
        for (Ticket ticket : open) {
            Draft draft = ticket.draft();
            boolean isFirst =
                draft.clientId() == null || names.add(List.of(draft.author(), draft.clientId()));
            if (isFirst && chosen.size() < space) {
                chosen.add(ticket);
            }
        }
        return chosen;
    }

    private Mono<Void> accept(Round round, List<Ticket> chosen, Append append, List<Long> paid) {
        return settle(round.lane, append, paid, round.by).then(
            Mono.defer(() -> {
                answer(chosen, append);
                return round.open().isEmpty() ? Mono.empty() : attempt(round.first());
            })
        );
    }

    /** What follows a write that has happened. */
    Mono<Void> settle(Lane lane, Append append, List<Long> paid, String by) {
        Page page = append.after();
        lane.tail(page);
        lane.outbox().struck(page.id(), paid);
        pages.remember(page);
        return pay(lane.room(), append, by)
            .doOnNext(isPaid ->
                lane.outbox().add(new Owed(page.id(), page.version(), append.entry(), isPaid))
            )
            .then(append.before().isNew() && page.id().number() > 0 ? hint(page.id()) : Mono.empty());
    }

    /** The messages are stored by now: should paying have to wait, their authors do not wait with it. */
    private Mono<Boolean> pay(RoomId room, Append append, String by) {
        return append.entry().owesMore()
            ? debts
                  .pay(room, append.entry(), by)
                  .thenReturn(true)
                  .onErrorResume(Unavailable.class, _ -> Mono.just(false))
            : Mono.just(true);
    }

    /** One that is not written costs the next look a page more, and nothing else; the first page has had it before. */
    private Mono<Void> hint(PageId page) {
        return tails.advance(page).onErrorResume(Unavailable.class, _ -> Mono.empty());
    }

    private static void answer(List<Ticket> chosen, Append append) {
        for (int i = 0; i < chosen.size(); i++) {
            Message message = append.messages().get(i);
            Replies replies = append.after().repliesTo(message.seq());
            chosen.get(i).succeed(new Posted(message, replies, false));
        }
    }

    /** Another instance was first, or the answer got lost and the write may have happened: look, then try again. */
    private Mono<Void> again(Round round, List<Ticket> chosen, PageId attempted) {
        if (round.number >= properties.tries()) {
            return Mono.error(new Unavailable("The room is too busy right now.", RETRY_AFTER));
        }
        chosen.forEach(ticket -> ticket.mayLieFrom(attempted.number()));
        int pause = ThreadLocalRandom.current().nextInt(1, 2 + Math.min(round.number, LONGEST_PAUSE_MILLIS));
        return Mono.delay(Duration.ofMillis(pause))
            .then(lease.require())
            .flatMap(by -> locate(round.lane, by).then(Mono.defer(() -> attempt(round.next(by)))));
    }

    /** One try to write what is still open. */
    private record Round(Lane lane, List<Ticket> tickets, String by, int number) {
        List<Ticket> open() {
            return tickets.stream().filter(Ticket::isOpen).toList();
        }

        /** The room's last page. */
        Page page() {
            return lane.tail().orElseThrow();
        }

        /** The page that takes the next message. */
        Page target() {
            return page().growing();
        }

        Round next(String incarnation) {
            return new Round(lane, tickets, incarnation, number + 1);
        }

        Round first() {
            return new Round(lane, tickets, by, 1);
        }
    }
}
