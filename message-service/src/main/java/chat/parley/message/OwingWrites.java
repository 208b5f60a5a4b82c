package chat.parley.message;

import chat.parley.message.Marks.Mark;
import chat.parley.message.Pages.Extension;
import chat.parley.service.problem.Unavailable;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How every write is made that leaves something in a page's outbox, so that somebody pays it in any case. */
@Component
class OwingWrites {

    /** One is being written while the next one comes together. */
    private static final int CALLS = 2;
    private static final int ROOMS_A_CALL = 64;

    private final Marks marks;
    private final Tails tails;
    private final Lease lease;
    private final Pages pages;
    private final Convoys<Extension, Boolean> extensions;

    OwingWrites(Marks marks, Tails tails, Lease lease, Pages pages) {
        this.marks = marks;
        this.tails = tails;
        this.lease = lease;
        this.pages = pages;
        this.extensions = new Convoys<>(CALLS, ROOMS_A_CALL, this::extend);
    }

    /**
     * Marks the page, proves the lease, appends; and where rooms come together, to all their pages in one call.
     *
     * @param paid outbox entries of the page to strike out in the same write
     * @return false if the page was not what it should be, or nobody knows whether it has been written
     */
    Mono<Boolean> append(RoomOutbox outbox, Append append, Collection<Long> paid) {
        return append.before().isNew()
            ? appendAlone(outbox, append, paid)
            : write(outbox, append.after().id(), append.entry().by(), () ->
                  extensions.join(new Extension(append, paid))
              );
    }

    /** The same in a call of its own. */
    Mono<Boolean> appendAlone(RoomOutbox outbox, Append append, Collection<Long> paid) {
        return enrolled(append)
            .then(Mono.defer(() -> write(outbox, append, paid)))
            .onErrorResume(Unavailable.class, _ -> Mono.just(false));
    }

    /** Not between the proof of the lease and the write, which has no time for it. */
    private Mono<Void> enrolled(Append append) {
        PageId page = append.after().id();
        return append.before().isNew() && page.number() == 0 ? tails.enrol(page.room()) : Mono.empty();
    }

    private Mono<Boolean> write(RoomOutbox outbox, Append append, Collection<Long> paid) {
        return write(outbox, append.after().id(), append.entry().by(), () -> pages.append(append, paid));
    }

    /** The lease is proved once more, now that they go: they have waited. */
    private Mono<List<Boolean>> extend(List<Extension> all) {
        return Flux.fromIterable(all)
            .map(extension -> extension.append().entry().by())
            .distinct()
            .concatMap(lease::requireStill)
            .then(Mono.defer(() -> pages.extend(all)));
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
