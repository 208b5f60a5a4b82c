package chat.parley.realtime.channels.census;

import chat.parley.realtime.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What this node counts of one kind in one app, shard by shard. */
final class Tally {

    private static final Logger log = LoggerFactory.getLogger(Tally.class);

    private final Node node;
    private final SharedCensus shared;
    private final Followers followers;
    private final CensusProperties properties;
    private final List<Shard> shards;
    private final List<ShardTally> tallies;
    private volatile boolean failing;
    private volatile boolean stopped;

    Tally(
        Counted counted,
        String appId,
        Node node,
        SharedCensus shared,
        Followers followers,
        CensusProperties properties
    ) {
        this.node = node;
        this.shared = shared;
        this.followers = followers;
        this.properties = properties;
        this.shards = Shard.all(counted, appId);
        this.tallies = shards
            .stream()
            .map(shard -> new ShardTally(new ToRedis(shard), properties.batch()))
            .toList();
    }

    void add(String name, int more) {
        tallies.get(Shard.numberOf(name)).add(name, more);
    }

    /** The totals over all nodes; one or more for each shard that has any of the names. */
    Flux<Totals> totals(Iterable<String> names) {
        Map<Integer, List<String>> byShard = new HashMap<>();
        names.forEach(name ->
            byShard.computeIfAbsent(Shard.numberOf(name), _ -> new ArrayList<>()).add(name)
        );
        return Flux.fromIterable(byShard.entrySet()).flatMap(
            some -> shared.totals(shards.get(some.getKey()), some.getValue()),
            Shard.COUNT
        );
    }

    Flux<Map.Entry<String, Integer>> all() {
        return Flux.fromIterable(shards).concatMap(shared::all);
    }

    /** What this node counts now. */
    List<String> names() {
        return tallies
            .stream()
            .flatMap(tally -> tally.names().stream())
            .toList();
    }

    /** Of how many names Redis may know something else. */
    int untold() {
        return tallies.stream().mapToInt(ShardTally::untold).sum();
    }

    Mono<Void> takeOut(String deadNode) {
        return Flux.fromIterable(shards)
            .concatMap(shard -> shared.takeOut(shard, followers, deadNode))
            .then();
    }

    void tellAgain() {
        tallies.forEach(ShardTally::tellAgain);
    }

    /** Looks whether Redis knows what this node has told it there. */
    Mono<Void> compare(int number) {
        return shared
            .countsOf(shards.get(number), node.id())
            .collectMap(Map.Entry::getKey, Map.Entry::getValue)
            .doOnNext(tallies.get(number)::compareWith)
            .then();
    }

    /** Which nodes count anything there. */
    Flux<String> nodes(int number) {
        return shared.nodes(shards.get(number));
    }

    Mono<Void> takeOut(int number, String deadNode) {
        return shared.takeOut(shards.get(number), followers, deadNode);
    }

    /** Nothing is tried again from now on. */
    void stop() {
        stopped = true;
    }

    private void failed(Throwable failure) {
        if (!failing) {
            log.warn("What is counted here is told to Redis later: {}", failure.toString());
        }
        failing = true;
    }

    private final class ToRedis implements ShardTally.Telling {

        private final Shard shard;

        private ToRedis(Shard shard) {
            this.shard = shard;
        }

        @Override
        public CompletableFuture<Void> tell(Map<String, Integer> counts) {
            return shared
                .tell(shard, followers, node.id(), counts)
                .doOnSuccess(_ -> failing = false)
                .doOnError(Tally.this::failed)
                .toFuture();
        }

        @Override
        public void soon(Runnable work) {
            if (!stopped) {
                shared.soon(work);
            }
        }

        @Override
        public void later(Runnable again) {
            CompletableFuture.delayedExecutor(
                properties.retryAfter().toMillis(),
                TimeUnit.MILLISECONDS
            ).execute(() -> soon(again));
        }
    }
}
