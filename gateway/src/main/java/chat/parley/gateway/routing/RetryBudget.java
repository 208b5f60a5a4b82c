package chat.parley.gateway.routing;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds second tries to a share of all calls, so that a service in trouble is not given twice the work: each call
 * pays in, each second try takes out what it costs.
 */
final class RetryBudget {

    private static final int COST = 100;
    private static final int MOST_SAVED = 10 * COST;

    private final int share;
    private final AtomicInteger saved = new AtomicInteger(MOST_SAVED);

    /**
     * @param share how many calls in a hundred may be tried again
     */
    RetryBudget(int share) {
        this.share = share;
    }

    void payIn() {
        // Mostly it is full: no write then, which all event loops would have to hear of.
        if (saved.get() < MOST_SAVED) {
            saved.accumulateAndGet(share, (left, more) -> Math.min(MOST_SAVED, left + more));
        }
    }

    boolean takeOut() {
        return share > 0 && saved.getAndUpdate(left -> left >= COST ? left - COST : left) >= COST;
    }
}
