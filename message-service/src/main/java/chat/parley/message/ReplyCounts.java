package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.message.OutboxEntry.Reply;
import chat.parley.service.problem.Unavailable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Keeps the counts of threads that began on an earlier page than their replies, each reply exactly once.
 *
 * <p>The reply's own write leaves a note of it in its page's outbox; counting writes the reply's seq beside the
 * count, in one update; only then is the note struck out. A seq without a note will never be counted again and can
 * be forgotten, which is done when many have gathered. A note has one owner at a time: the incarnation that wrote
 * it, and after its burial the sweeper.
 */
@Component
class ReplyCounts {

    private static final int GATHERED = 32;
    private static final int THREADS_AT_ONCE = 8;
    private static final int TRIES = 20;

    private final Pages pages;
    private final Lease lease;

    ReplyCounts(Pages pages, Lease lease) {
        this.pages = pages;
        this.lease = lease;
    }

    /**
     * Counts them all.
     *
     * @param owner the incarnation that counts: the notes' writer, or the sweeper's for a buried one
     * @return those whose threads the room still has
     */
    Mono<List<Reply>> count(RoomId room, List<Reply> replies, String owner) {
        return Flux.fromIterable(byParentsPage(room, replies).entrySet())
            .flatMap(page -> count(page.getKey(), page.getValue(), owner), THREADS_AT_ONCE)
            .flatMapIterable(counted -> counted)
            .collectList();
    }

    private static Map<PageId, List<Reply>> byParentsPage(RoomId room, List<Reply> replies) {
        return replies.stream().collect(Collectors.groupingBy(reply -> PageId.holding(room, reply.parent())));
    }

    private Mono<List<Reply>> count(PageId id, List<Reply> replies, String owner) {
        return pages
            .current(id)
            .flatMap(page -> count(page, keptOn(page, replies), owner))
            .retryWhen(Retry.backoff(TRIES, Duration.ofMillis(2)).filter(PageHasChanged.class::isInstance))
            .onErrorMap(PageHasChanged.class, _ ->
                new Unavailable("The thread is changing too fast.", Duration.ofSeconds(1))
            );
    }

    /** A thread whose first message the room no longer keeps has no count. */
    private static List<Reply> keptOn(Page page, List<Reply> replies) {
        return replies
            .stream()
            .filter(reply -> reply.parent() >= page.firstSeq())
            .toList();
    }

    private Mono<List<Reply>> count(Page page, List<Reply> replies, String owner) {
        return write(page, replies, owner).thenReturn(replies);
    }

    private Mono<Void> write(Page page, List<Reply> replies, String owner) {
        Map<Long, Replies> threads = new HashMap<>();
        for (Reply reply : replies) {
            Replies known = threads.getOrDefault(reply.parent(), page.repliesTo(reply.parent()));
            threads.put(reply.parent(), known.plus(reply));
        }
        threads.entrySet().removeIf(thread -> thread.getValue().equals(page.repliesTo(thread.getKey())));
        return threads.isEmpty()
            ? Mono.empty()
            : lease
                  .requireStill(owner)
                  .then(tidied(page, threads))
                  .flatMap(tidy -> pages.updateThreads(page, tidy))
                  .flatMap(ReplyCounts::orAgain);
    }

    private static Mono<Void> orAgain(boolean written) {
        return written ? Mono.empty() : Mono.error(new PageHasChanged());
    }

    /** Lets threads forget the seqs, known before this write, of which no note is left. */
    private Mono<Map<Long, Replies>> tidied(Page page, Map<Long, Replies> threads) {
        List<Long> gathered = threads
            .keySet()
            .stream()
            .map(page::repliesTo)
            .filter(replies -> replies.counted().size() >= GATHERED)
            .flatMap(replies -> replies.counted().stream())
            .toList();
        return gathered.isEmpty()
            ? Mono.just(threads)
            : noted(page.id().room(), gathered).map(noted -> forget(threads, gathered, noted));
    }

    private Mono<Set<Long>> noted(RoomId room, List<Long> seqs) {
        return Flux.fromStream(() ->
            seqs
                .stream()
                .map(seq -> PageId.holding(room, seq))
                .distinct()
        )
            .flatMap(pages::load, THREADS_AT_ONCE)
            .flatMapIterable(source -> source.outbox().values())
            .flatMapIterable(OutboxEntry::replies)
            .map(Reply::seq)
            .collect(Collectors.toSet());
    }

    private static Map<Long, Replies> forget(Map<Long, Replies> threads, List<Long> all, Set<Long> noted) {
        List<Long> settled = all
            .stream()
            .filter(seq -> !noted.contains(seq))
            .toList();
        Map<Long, Replies> tidy = new HashMap<>();
        threads.forEach((parent, replies) -> tidy.put(parent, replies.forgetting(settled)));
        return tidy;
    }

    /** Somebody else has written the page in between. */
    private static final class PageHasChanged extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PageHasChanged() {
            super("page has changed", null, false, false);
        }
    }
}
