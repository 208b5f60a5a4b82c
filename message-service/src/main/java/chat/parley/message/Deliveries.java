package chat.parley.message;

import chat.parley.message.Append.Brought;
import chat.parley.service.problem.Failure;
import chat.parley.service.problem.Unavailable;
import chat.parley.service.problem.ValidationFailed;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes the messages of imports that wait in a lane. How far a source has come stands on the room's last page and moves
 * in the same write as the messages; so a message is in the room once, however often it is brought, and by whom.
 */
@Component
class Deliveries {

    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int LONGEST_PAUSE_MILLIS = 20;

    // Each page of the room carries them all, for ever.
    private static final int SOURCES = 32;

    private final Commits commits;
    private final ImportedThreads threads;
    private final Pages pages;
    private final OwingWrites writes;
    private final Lease lease;
    private final LaneProperties properties;
    private final Clock clock;

    Deliveries(
        Commits commits,
        ImportedThreads threads,
        Pages pages,
        OwingWrites writes,
        Lease lease,
        LaneProperties properties,
        Clock clock
    ) {
        this.commits = commits;
        this.threads = threads;
        this.pages = pages;
        this.writes = writes;
        this.lease = lease;
        this.properties = properties;
        this.clock = clock;
    }

    /** Answers every delivery, one way or the other. Only for who has the lane's turn. */
    Mono<Void> commit(Lane lane, List<Delivery> deliveries) {
        return Flux.fromIterable(deliveries)
            .concatMap(delivery -> commit(lane, delivery))
            .then();
    }

    private Mono<Void> commit(Lane lane, Delivery delivery) {
        return lease
            .require()
            .flatMap(by ->
                commits.tail(lane, by).then(Mono.defer(() -> attempt(new Round(lane, delivery, by, 1))))
            )
            .timeout(properties.patience())
            .onErrorResume(failure -> refuse(lane, delivery, failure));
    }

    private static Mono<Void> refuse(Lane lane, Delivery delivery, Throwable failure) {
        // What was under way may still arrive: only the store can say now where the room ends.
        lane.loseTail();
        log.warn(
            "room {}: messages of {} not stored: {}",
            lane.room(),
            delivery.source(),
            failure.toString()
        );
        delivery.fail(
            failure instanceof Failure
                ? failure
                : new Unavailable("The messages could not be stored right now.", RETRY_AFTER)
        );
        return Mono.empty();
    }

    private Mono<Void> attempt(Round round) {
        Page tail = round.lane.tail().orElseThrow();
        String source = round.delivery.source();
        if (tail.imports().size() >= SOURCES && !tail.imports().containsKey(source)) {
            return Mono.error(() ->
                ValidationFailed.of(
                    "source",
                    "too_many",
                    "A room takes imports from at most " + SOURCES + " sources."
                )
            );
        }
        List<Imported> rest = round.delivery.behind(tail.reached(source));
        if (rest.isEmpty()) {
            return Mono.fromRunnable(() -> round.delivery.succeed(tail.reached(source)));
        }
        Page target = tail.growing();
        List<Imported> fitting = rest.subList(0, Math.min(target.space(), rest.size()));
        return threads
            .of(target, tail, source, fitting)
            .flatMap(parents -> write(round, target, new Brought(source, fitting, parents)));
    }

    private Mono<Void> write(Round round, Page target, Brought brought) {
        Append append = Append.bringing(target, brought, pages.writer(round.by), clock.instant());
        RoomOutbox outbox = round.lane.outbox();
        List<Long> paid = outbox.toldOf(target.id());
        outbox.grows(target.id());
        return writes
            .appendAlone(outbox, append, paid)
            .flatMap(written -> written ? accept(round, append, paid) : again(round));
    }

    private Mono<Void> accept(Round round, Append append, List<Long> paid) {
        round.delivery.stored(append.messages().size());
        return commits
            .settle(round.lane, append, paid, round.by)
            .then(Mono.defer(() -> attempt(round.first())));
    }

    /** Somebody else was first, or the answer got lost: where the room ends now, it says how far the source has come. */
    private Mono<Void> again(Round round) {
        if (round.number >= properties.tries()) {
            return Mono.error(() -> new Unavailable("The room is too busy right now.", RETRY_AFTER));
        }
        int pause = ThreadLocalRandom.current().nextInt(1, 2 + Math.min(round.number, LONGEST_PAUSE_MILLIS));
        return Mono.delay(Duration.ofMillis(pause))
            .then(lease.require())
            .flatMap(by -> commits.locate(round.lane, by).then(Mono.defer(() -> attempt(round.next(by)))));
    }

    /** One try to write what is not in the room yet. */
    private record Round(Lane lane, Delivery delivery, String by, int number) {
        Round next(String incarnation) {
            return new Round(lane, delivery, incarnation, number + 1);
        }

        Round first() {
            return new Round(lane, delivery, by, 1);
        }
    }
}
