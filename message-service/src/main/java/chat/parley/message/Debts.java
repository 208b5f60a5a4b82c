package chat.parley.message;

import chat.parley.contracts.RoomId;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Pays what a write of one page owes to other documents. Paying twice is the same as paying once, and each kind of
 * debt says why.
 */
@Component
class Debts {

    private final ReplyCounts replyCounts;
    private final ReplyLists replyLists;
    private final Reactors reactors;
    private final Carriers carriers;

    Debts(ReplyCounts replyCounts, ReplyLists replyLists, Reactors reactors, Carriers carriers) {
        this.replyCounts = replyCounts;
        this.replyLists = replyLists;
        this.reactors = reactors;
        this.carriers = carriers;
    }

    /**
     * Completes when all of it is paid.
     *
     * @param owner the incarnation that pays: the entry's writer, or the sweeper's for a buried one
     */
    Mono<Void> pay(RoomId room, OutboxEntry entry, String owner) {
        // Counted first: who looks for a thread's list in order to remove it knows the thread by its count. Of a thread
        // that is gone nobody would look for it.
        return replyCounts
            .count(room, entry.replies(), owner)
            .flatMap(counted -> replyLists.add(room, counted))
            .then(Mono.defer(() -> reactors.settle(room, entry.reactors(), owner)))
            .then(Mono.defer(() -> carriers.settle(room, entry.carriages(), owner)));
    }
}
