package chat.parley.message;

import chat.parley.message.Alteration.Moment;
import chat.parley.message.OutboxEntry.Reactor;
import chat.parley.message.RoomOutbox.Owed;
import chat.parley.service.problem.Failure;
import chat.parley.service.problem.NotFound;
import chat.parley.service.problem.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes the changes of messages that wait in a lane, all those of one page at once. What goes wrong is tried again
 * on what the page has become: an alteration that has happened already finds nothing left to do.
 */
@Component
class Alterations {

    private static final Logger log = LoggerFactory.getLogger(Alterations.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int LONGEST_PAUSE_MILLIS = 20;
    private static final int PAGES_AT_ONCE = 8;

    private final Pages pages;
    private final Lease lease;
    private final OwingWrites writes;
    private final Debts debts;
    private final LaneProperties properties;
    private final Clock clock;

    Alterations(
        Pages pages,
        Lease lease,
        OwingWrites writes,
        Debts debts,
        LaneProperties properties,
        Clock clock
    ) {
        this.pages = pages;
        this.lease = lease;
        this.writes = writes;
        this.debts = debts;
        this.properties = properties;
        this.clock = clock;
    }

    /** Answers every wish, one way or the other. Only for who has the lane's turn. */
    Mono<Void> commit(Lane lane, List<Wish> wishes) {
        Map<PageId, List<Wish>> byPage = wishes
            .stream()
            .collect(Collectors.groupingBy(wish -> PageId.holding(lane.room(), wish.alteration().seq())));
        return Flux.fromIterable(byPage.entrySet())
            .flatMap(page -> commit(lane, page.getKey(), page.getValue()), PAGES_AT_ONCE)
            .then();
    }

    private Mono<Void> commit(Lane lane, PageId page, List<Wish> wishes) {
        return attempt(new Round(lane, page, wishes, List.of()))
            .timeout(properties.patience())
            .onErrorResume(failure -> refuse(lane, wishes, failure));
    }

    private static Mono<Void> refuse(Lane lane, List<Wish> wishes, Throwable failure) {
        // What was under way may still arrive: whoever tidies up looks for it.
        lane.loseTail();
        log.warn("room {}: {} changes not made: {}", lane.room(), wishes.size(), failure.toString());
        Throwable answer = failure instanceof Unavailable
            ? failure
            : new Unavailable("The change could not be stored right now.", RETRY_AFTER);
        wishes
            .stream()
            .filter(Wish::isOpen)
            .forEach(wish -> wish.fail(answer));
        return Mono.empty();
    }

    private Mono<Void> attempt(Round round) {
        return lease
            .require()
            .flatMap(by ->
                pages
                    .load(round.page)
                    .defaultIfEmpty(Page.empty(round.page))
                    .flatMap(page -> attempt(round, page, by))
            );
    }

    private Mono<Void> attempt(Round round, Page page, String by) {
        Attempt landed = round.landedOn(page);
        if (landed != null) {
            // The write's answer was lost, the write was not.
            return accept(round, landed, List.of());
        }
        round.lane.outbox().adopt(page, by);
        return plan(round, page).flatMap(plan ->
            plan.isEmpty() ? answerAll(round, page) : write(round, plan, by)
        );
    }

    private Mono<Change.Plan> plan(Round round, Page page) {
        Change.Plan plan = new Change.Plan(page);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Reactor> unsettled = round.unsettledOn(page);
        return Flux.fromIterable(round.open())
            .concatMap(wish -> consider(wish, plan, new Sight(page, unsettled, now)))
            .then(Mono.just(plan));
    }

    private static Mono<Void> consider(Wish wish, Change.Plan plan, Sight sight) {
        long seq = wish.alteration().seq();
        if (!plan.has(seq)) {
            wish.fail(new NotFound("There is no such message."));
            return Mono.empty();
        }
        Message message = plan.message(seq);
        return wish
            .alteration()
            .alter(message, sight.momentOf(wish, message, plan.reactors()))
            .doOnNext(plan::take)
            .then()
            .onErrorResume(Failure.class, failure -> Mono.fromRunnable(() -> wish.fail(failure)));
    }

    private Mono<Void> answerAll(Round round, Page page) {
        return Mono.fromRunnable(() -> answer(round.open(), page));
    }

    private static void answer(List<Wish> wishes, Page page) {
        for (Wish wish : wishes) {
            long seq = wish.alteration().seq();
            wish.succeed(new Altered(page.find(seq).orElseThrow(), page.repliesTo(seq)));
        }
    }

    private Mono<Void> write(Round round, Change.Plan plan, String by) {
        Change change = plan.by(by, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        Attempt attempt = new Attempt(change, round.open());
        List<Long> paid = round.lane.outbox().toldOf(round.page);
        return writes
            .write(round.lane.outbox(), round.page, by, () -> pages.change(change, paid))
            .flatMap(written -> written ? accept(round, attempt, paid) : again(round.with(attempt)));
    }

    private Mono<Void> accept(Round round, Attempt attempt, List<Long> paid) {
        Page page = attempt.change.after();
        RoomOutbox outbox = round.lane.outbox();
        outbox.struck(page.id(), paid);
        round.lane
            .tail()
            .filter(tail -> tail.id().equals(page.id()))
            .ifPresent(_ -> round.lane.tail(page));
        pages.remember(page);
        OutboxEntry entry = attempt.change.entry();
        return pay(round.lane, entry)
            .doOnNext(paidToo -> outbox.add(new Owed(page.id(), page.version(), entry, paidToo)))
            .doOnNext(_ -> answer(attempt.wishes.stream().filter(Wish::isOpen).toList(), page))
            .then();
    }

    /** The change is stored by now: what cannot be paid right now the relay pays, and nobody waits for it. */
    private Mono<Boolean> pay(Lane lane, OutboxEntry entry) {
        return entry.owesMore()
            ? debts
                  .pay(lane.room(), entry, entry.by())
                  .thenReturn(true)
                  .onErrorResume(Unavailable.class, _ -> Mono.just(false))
            : Mono.just(true);
    }

    /** Somebody else was first, or the answer got lost and the write may have happened: look, then try again. */
    private Mono<Void> again(Round round) {
        int tries = round.attempts.size();
        if (tries >= properties.tries()) {
            return Mono.error(new Unavailable("The room is too busy right now.", RETRY_AFTER));
        }
        int pause = ThreadLocalRandom.current().nextInt(1, 2 + Math.min(tries, LONGEST_PAUSE_MILLIS));
        return Mono.delay(Duration.ofMillis(pause)).then(Mono.defer(() -> attempt(round)));
    }

    /** What all wishes of a round find. */
    private record Sight(Page page, List<Reactor> unsettled, Instant now) {
        Moment momentOf(Wish wish, Message message, List<Reactor> planned) {
            Instant next = message.lastTouched().plusMillis(1);
            List<Reactor> open = Stream.concat(unsettled.stream(), planned.stream()).toList();
            return new Moment(
                wish.event(),
                now.isAfter(next) ? now : next,
                page.repliesTo(message.seq()),
                open
            );
        }
    }

    /** A write that was tried for those who waited for it. */
    private record Attempt(Change change, List<Wish> wishes) {
        boolean hasLandedOn(Page page) {
            return change.entry().equals(page.outbox().get(change.after().version()));
        }
    }

    /** One page's wishes, and what has been tried for them so far. */
    private record Round(Lane lane, PageId page, List<Wish> wishes, List<Attempt> attempts) {
        /** What others have noted may be carried out or not, of its own an instance knows. */
        List<Reactor> unsettledOn(Page now) {
            return now
                .outbox()
                .entrySet()
                .stream()
                .filter(owed -> !lane.outbox().isPaid(page, owed.getKey()))
                .flatMap(owed -> owed.getValue().reactors().stream())
                .toList();
        }

        List<Wish> open() {
            return wishes.stream().filter(Wish::isOpen).toList();
        }

        Round with(Attempt attempt) {
            List<Attempt> more = new ArrayList<>(attempts);
            more.add(attempt);
            return new Round(lane, page, wishes, more);
        }

        @Nullable
        Attempt landedOn(Page now) {
            return attempts
                .stream()
                .filter(attempt -> attempt.hasLandedOn(now))
                .findFirst()
                .orElse(null);
        }
    }
}
