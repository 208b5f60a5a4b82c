package chat.parley.embedded.mongo;

import java.util.concurrent.atomic.AtomicLong;

/** One commit for all who came while the one before was being written. */
final class GroupCommit {

    private final Runnable commit;
    private final AtomicLong arrivals = new AtomicLong();
    private long committed;

    GroupCommit(Runnable commit) {
        this.commit = commit;
    }

    /** Returns when everything that the caller wrote before is committed, by itself or by another. */
    void commit() {
        var mine = arrivals.incrementAndGet();
        synchronized (this) {
            if (committed < mine) {
                var all = arrivals.get();
                commit.run();
                committed = all;
            }
        }
    }
}
