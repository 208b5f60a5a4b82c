package chat.parley.message;

import chat.parley.message.Marks.Mark;
import chat.parley.service.problem.Unavailable;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Puts a lane in order when there is time for it: strikes out what has been told of, and unmarks pages on which
 * nothing is owed any more. While a room is busy the next append does the striking on the way.
 */
@Component
class Tidying {

    private static final Logger log = LoggerFactory.getLogger(Tidying.class);
    private static final int AT_ONCE = 8;

    private final Pages pages;
    private final Marks marks;
    private final Lease lease;
    private final Commits commits;
    private final LaneProperties properties;

    Tidying(Pages pages, Marks marks, Lease lease, Commits commits, LaneProperties properties) {
        this.pages = pages;
        this.marks = marks;
        this.lease = lease;
        this.commits = commits;
        this.properties = properties;
    }

    /** Whether a turn of {@link #tidy} would do something. */
    boolean isDue(Lane lane) {
        RoomOutbox outbox = lane.outbox();
        boolean hasToLook = lane.tail().isEmpty() && !outbox.isEmpty();
        return lane.isQuiet() && (hasToLook || outbox.hasToStrike() || isIdle(lane));
    }

    private boolean isIdle(Lane lane) {
        return lane.idleNanos() > properties.idle().toNanos();
    }

    boolean isDone(Lane lane) {
        return isIdle(lane) && lane.outbox().isEmpty();
    }

    /** What fails is left for the next time. Only for who has the lane's turn. */
    Mono<Void> tidy(Lane lane) {
        return look(lane)
            .then(Mono.defer(() -> strike(lane)))
            .then(Mono.defer(() -> unmark(lane)))
            .onErrorResume(Unavailable.class, failure -> {
                log.debug("room {} stays untidy: {}", lane.room(), failure.toString());
                return Mono.empty();
            });
    }

    /**
     * After a failed commit, and once more when the room has been idle for longer than any write can be under way:
     * a write that was given up may have arrived after all, and its events want to be told of.
     */
    private Mono<Void> look(Lane lane) {
        return !lane.outbox().isEmpty() && (lane.tail().isEmpty() || isIdle(lane))
            ? lease
                  .require()
                  .flatMap(by -> commits.locate(lane, by).then(Mono.defer(() -> adopt(lane.outbox(), by))))
            : Mono.empty();
    }

    private Mono<Void> adopt(RoomOutbox outbox, String by) {
        return Flux.fromIterable(outbox.onlyChanged())
            .flatMap(pages::load, AT_ONCE)
            .doOnNext(page -> outbox.adopt(page, by))
            .then();
    }

    private Mono<Void> strike(Lane lane) {
        return Flux.fromIterable(lane.outbox().pages())
            .filter(page -> !isWritten(lane, page))
            .flatMap(page -> strike(lane.outbox(), page), AT_ONCE)
            .then();
    }

    /** Whether messages wait that will be written to this page, and can take the striking with them. */
    private static boolean isWritten(Lane lane, PageId page) {
        return !lane.isQuiet() && isTail(lane, page);
    }

    private static boolean isTail(Lane lane, PageId page) {
        return lane
            .tail()
            .filter(tail -> tail.id().equals(page))
            .isPresent();
    }

    private Mono<Void> strike(RoomOutbox outbox, PageId page) {
        List<Long> told = outbox.toldOf(page);
        return told.isEmpty()
            ? Mono.empty()
            : pages.strike(page, told).then(Mono.fromRunnable(() -> outbox.struck(page, told)));
    }

    private Mono<Void> unmark(Lane lane) {
        return lane.tail().isEmpty()
            ? Mono.empty()
            : Flux.fromIterable(lane.outbox().pages())
                  .filter(page -> isIdle(lane) || lane.tail().orElseThrow().id().number() > page.number())
                  .flatMap(page -> unmark(lane.outbox(), page), AT_ONCE)
                  .then();
    }

    private Mono<Void> unmark(RoomOutbox outbox, PageId page) {
        return outbox.isSettled(page)
            ? Mono.justOrEmpty(outbox.markedBy(page))
                  .flatMap(by -> marks.remove(new Mark(by, page)))
                  .then(Mono.fromRunnable(() -> outbox.forget(page)))
            : Mono.empty();
    }

    /** Everything at once, for the last time. */
    Mono<Void> leave(Lane lane) {
        RoomOutbox outbox = lane.outbox();
        return Flux.fromIterable(outbox.pages())
            .concatMap(page -> strike(outbox, page).then(Mono.defer(() -> unmark(outbox, page))))
            .then();
    }
}
