package chat.parley.realtime.channels.census;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.Apps;
import chat.parley.realtime.channels.nodes.Holdings;
import chat.parley.realtime.channels.nodes.NodesProperties;
import chat.parley.realtime.channels.nodes.SharedLeases;
import chat.parley.service.LeavesTheChain;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Hears which totals have changed, on whichever node, and passes it on. Redis tells only who is connected: so what
 * matters here is also asked for, all of it at the beginning, and later a shard at every renewal of the lease.
 */
@Component
final class CensusNews implements Holdings, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CensusNews.class);

    private final SharedCensus shared;
    private final Apps apps;
    private final NodesProperties properties;
    private final List<TotalsListener> listeners;
    private @Nullable Disposable listening;
    /** The shard whose turn it is. */
    private int next;

    CensusNews(SharedCensus shared, Apps apps, NodesProperties properties, List<TotalsListener> listeners) {
        this.shared = shared;
        this.apps = apps;
        this.properties = properties;
        this.listeners = List.copyOf(listeners);
    }

    @Override
    @LeavesTheChain("Listens as long as the node runs; stop() ends it")
    public synchronized void start() {
        listening = shared
            .announcements()
            .flatMapMany(heard -> heard.doOnNext(this::tell).mergeWith(asked(_ -> true)))
            .then()
            .doOnError(failure -> log.warn("Counts cannot be heard of right now: {}", failure.toString()))
            .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, properties.timeout()))
            .subscribe();
    }

    private void tell(Totals totals) {
        listeners
            .stream()
            .filter(listener -> listener.counted() == totals.counted())
            .forEach(listener -> listener.changed(totals));
    }

    private Flux<Totals> asked(IntPredicate shards) {
        return Flux.fromIterable(listeners).concatMap(listener ->
            Flux.fromIterable(apps.all())
                .concatMap(app -> asked(listener, app, shards))
                .doOnNext(listener::changed)
        );
    }

    private Flux<Totals> asked(TotalsListener listener, App app, IntPredicate shards) {
        Map<Integer, List<String>> byShard = listener
            .followed(app)
            .stream()
            .filter(name -> shards.test(Shard.numberOf(name)))
            .collect(Collectors.groupingBy(Shard::numberOf));
        return Flux.fromIterable(byShard.entrySet()).concatMap(some ->
            shared.totals(new Shard(listener.counted(), app.id(), some.getKey()), some.getValue())
        );
    }

    @Override
    public Mono<Void> takeOut(String deadNode) {
        return Mono.empty();
    }

    /** Whatever others tell again as well is heard of. */
    @Override
    public Mono<Void> tellAgain() {
        return Mono.empty();
    }

    @Override
    public Mono<Void> lookAfter() {
        int turn = next;
        next = (next + 1) % Shard.COUNT;
        return asked(number -> number == turn).then();
    }

    @Override
    public synchronized void stop() {
        if (listening != null) {
            listening.dispose();
            listening = null;
        }
    }

    /** Before the web server's: sockets hear from the first moment to the last. */
    @Override
    public int getPhase() {
        return SharedLeases.AFTER_REDIS;
    }

    @Override
    public synchronized boolean isRunning() {
        return listening != null;
    }
}
