package chat.parley.realtime.channels.census;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What this node counts in one shard, and how far Redis knows of it. While one call is under way what changes
 * gathers, and leaves together with the next: an idle node tells at once, a busy one tells much at a time. What waits
 * are names and not changes: no more than are counted here, or were when Redis was last reached.
 */
final class ShardTally {

    private final Telling telling;
    private final int most;
    private final Map<String, Count> counts = new HashMap<>();
    /** Those of which Redis may know something else. */
    private final Map<String, Count> untold = new LinkedHashMap<>();
    /** The last call's, if it failed: Redis may have heard of them or not, and they come before any other. */
    private List<Count> doubtful = List.of();
    private boolean underWay;
    /** How often Redis was found to know nothing: what it took before that is no longer there. */
    private int losses;

    /** @param most how many names may go in one call */
    ShardTally(Telling telling, int most) {
        this.telling = telling;
        this.most = most;
    }

    /** From any thread: there is one more, or one less. */
    void add(String name, int more) {
        synchronized (this) {
            Count count = counts.computeIfAbsent(name, Count::new);
            count.now += more;
            sort(count);
            if (underWay || untold.isEmpty()) {
                return;
            }
            underWay = true;
        }
        telling.soon(this::tell);
    }

    /** Puts it where it belongs: among what is to be told, what is known, or nowhere. */
    private void sort(Count count) {
        if (count.now != count.told) {
            untold.put(count.name, count);
            return;
        }
        untold.remove(count.name);
        if (count.now == 0) {
            counts.remove(count.name);
        }
    }

    private void tell() {
        List<Count> batch;
        Map<String, Integer> said;
        int lossesSoFar;
        synchronized (this) {
            lossesSoFar = losses;
            batch = next();
            said = LinkedHashMap.newLinkedHashMap(batch.size());
            batch.forEach(count -> said.put(count.name, count.now));
            batch.forEach(count -> count.told = Count.UNKNOWN);
            underWay = !batch.isEmpty();
        }
        if (!batch.isEmpty()) {
            telling
                .tell(said)
                .whenComplete((_, failure) -> answered(batch, said, failure == null, lossesSoFar));
        }
    }

    private List<Count> next() {
        List<Count> batch = new ArrayList<>(doubtful);
        doubtful.forEach(count -> untold.remove(count.name));
        doubtful = List.of();
        var others = untold.values().iterator();
        while (batch.size() < most && others.hasNext()) {
            batch.add(others.next());
            others.remove();
        }
        return batch;
    }

    private void answered(List<Count> batch, Map<String, Integer> said, boolean taken, int lossesBefore) {
        synchronized (this) {
            if (taken && losses == lossesBefore) {
                batch.forEach(count -> count.told = said.getOrDefault(count.name, Count.UNKNOWN));
                batch.forEach(this::sort);
            } else {
                doubtful = batch;
                batch.forEach(count -> untold.put(count.name, count));
            }
        }
        if (taken) {
            telling.soon(this::tell);
        } else {
            telling.later(this::tell);
        }
    }

    /** Redis knows nothing of this node any more. */
    void tellAgain() {
        synchronized (this) {
            losses++;
            counts.values().forEach(count -> count.told = Count.UNKNOWN);
            untold.putAll(counts);
            if (underWay || untold.isEmpty()) {
                return;
            }
            underWay = true;
        }
        telling.soon(this::tell);
    }

    /** Tells again what Redis knows otherwise, for instance because it has lost its last moments. */
    void compareWith(Map<String, Integer> known) {
        synchronized (this) {
            if (underWay) {
                return;
            }
            known.forEach((name, _) -> counts.computeIfAbsent(name, Count::new));
            List.copyOf(counts.values()).forEach(count -> {
                count.told = known.getOrDefault(count.name, 0);
                sort(count);
            });
            underWay = !untold.isEmpty();
            if (!underWay) {
                return;
            }
        }
        telling.soon(this::tell);
    }

    /** Of how many names Redis may know something else. */
    synchronized int untold() {
        return untold.size();
    }

    synchronized List<String> names() {
        return List.copyOf(counts.keySet());
    }

    /** How a tally's counts get to Redis. */
    interface Telling {
        CompletableFuture<Void> tell(Map<String, Integer> counts);

        /** Has it done at once, by a thread that may take its time: event loops count, too. */
        void soon(Runnable work);

        /** Has it done when another try makes sense; never, once the node has stopped. */
        void later(Runnable again);
    }

    /** Guarded by the tally. */
    private static final class Count {

        private static final int UNKNOWN = -1;

        private final String name;
        private int now;
        private int told;

        private Count(String name) {
            this.name = name;
        }
    }
}
