package chat.parley.message;

import chat.parley.message.Marks.Mark;
import chat.parley.service.problem.Unavailable;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** How every write is made that leaves something in a page's outbox, so that somebody pays it in any case. */
@Component
class OwingWrites {

    private final Marks marks;
    private final Lease lease;

    OwingWrites(Marks marks, Lease lease) {
        this.marks = marks;
        this.lease = lease;
    }

    /**
     * Marks the page, proves the lease, writes.
     *
     * @param by the incarnation that writes
     * @return false if the page was not what it should be, or nobody knows whether it has been written
     */
    Mono<Boolean> write(RoomOutbox outbox, PageId page, String by, Supplier<Mono<Boolean>> write) {
        return mark(outbox, page, by)
            .then(lease.requireStill(by))
            .then(Mono.defer(write))
            .onErrorResume(Unavailable.class, _ -> Mono.just(false));
    }

    private Mono<Void> mark(RoomOutbox outbox, PageId page, String by) {
        return outbox.isMarked(page, by)
            ? Mono.empty()
            : marks.set(new Mark(by, page)).then(Mono.fromRunnable(() -> outbox.marked(page, by)));
    }
}
