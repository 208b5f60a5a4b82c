package chat.parley.realtime.channels.webhook;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.WebhookEvent;
import chat.parley.realtime.channels.census.Census;
import chat.parley.realtime.channels.census.Shard;
import chat.parley.realtime.channels.census.Totals;
import chat.parley.realtime.channels.census.Transition;
import chat.parley.realtime.channels.nodes.SharedLeases;
import chat.parley.service.LeavesTheChain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes what has happened to channels from Redis, where it is noted once for all nodes, and puts it into Kafka.
 * Whichever node comes first takes it; it is gone from Redis only when Kafka has it, and until then any other node
 * takes it again once the time for it is over.
 */
@Component
class DueTransitions implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DueTransitions.class);
    private static final int SHARDS_AT_ONCE = 4;

    private final HookedApps apps;
    private final DueShard shards;
    private final Census census;
    private final Calls calls;
    private final WebhooksProperties properties;
    private @Nullable Disposable looking;

    DueTransitions(
        HookedApps apps,
        DueShard shards,
        Census census,
        Calls calls,
        WebhooksProperties properties
    ) {
        this.apps = apps;
        this.shards = shards;
        this.census = census;
        this.calls = calls;
        this.properties = properties;
    }

    @Override
    @LeavesTheChain("Looks for what is due as long as the node runs; stop() ends it")
    public synchronized void start() {
        looking = Flux.interval(properties.lookUp())
            .onBackpressureDrop()
            .concatMap(_ -> look())
            .subscribe();
    }

    private Mono<Void> look() {
        return Flux.fromIterable(apps.withTransitions()).concatMap(this::look).then();
    }

    private Mono<Void> look(App app) {
        return Flux.fromIterable(DueShard.of(app))
            .flatMap(shard -> look(app, shard), SHARDS_AT_ONCE)
            .then()
            .doOnError(failure ->
                log.warn("Webhooks wait, {} cannot be told of: {}", app, failure.toString())
            )
            .onErrorComplete();
    }

    /** Until there is no more: a shard can have more due than is taken at once. */
    private Mono<Void> look(App app, Shard shard) {
        return shards
            .take(shard)
            .flatMap(taken -> tell(app, shard, taken))
            .repeat()
            .takeUntil(count -> count < DueShard.AT_ONCE)
            .then();
    }

    private Mono<Integer> tell(App app, Shard shard, List<String> taken) {
        if (taken.isEmpty()) {
            return Mono.just(0);
        }
        List<Transition> transitions = taken
            .stream()
            .map(entry -> Transition.read(entry.substring(entry.indexOf('\n') + 1)))
            .toList();
        return totals(app, transitions)
            .map(totals -> told(transitions, totals))
            .flatMap(told -> Mono.fromFuture(() -> calls.write(app, told)).thenReturn(told))
            .then(Mono.defer(() -> shards.finish(shard, taken)))
            .thenReturn(taken.size());
    }

    private Mono<Map<String, Integer>> totals(App app, List<Transition> transitions) {
        List<String> counted = transitions
            .stream()
            .filter(transition -> transition.kind().equals(Transition.SUBSCRIPTION_COUNT))
            .map(Transition::channel)
            .distinct()
            .toList();
        if (counted.isEmpty()) {
            return Mono.just(Map.of());
        }
        return census.subscriptions(app, counted).map(Totals::byName).collect(HashMap::new, Map::putAll);
    }

    private static List<Told> told(List<Transition> transitions, Map<String, Integer> totals) {
        List<Told> told = new ArrayList<>();
        for (Transition transition : transitions) {
            WebhookEvent.named(transition.kind()).ifPresent(kind -> told.add(told(kind, transition, totals)));
        }
        return told;
    }

    private static Told told(WebhookEvent kind, Transition transition, Map<String, Integer> totals) {
        String user = transition.userId();
        if (kind == WebhookEvent.SUBSCRIPTION_COUNT) {
            return Told.ofCount(transition.channel(), totals.getOrDefault(transition.channel(), 0));
        }
        return user == null
            ? Told.ofChannel(kind, transition.channel())
            : Told.ofMember(kind, transition.channel(), user);
    }

    @Override
    public synchronized void stop() {
        if (looking != null) {
            looking.dispose();
            looking = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return looking != null;
    }

    @Override
    public int getPhase() {
        return SharedLeases.AFTER_REDIS;
    }
}
