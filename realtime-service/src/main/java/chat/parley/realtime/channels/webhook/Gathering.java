package chat.parley.realtime.channels.webhook;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.WebhookEvent;
import chat.parley.realtime.channels.cache.CacheMissed;
import chat.parley.realtime.channels.socket.ClientEventSent;
import chat.parley.service.LeavesTheChain;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What happens on this node alone, clients' events and cache misses: gathered for a moment, so that many of them are
 * one call, and then put into Kafka.
 */
@Component
class Gathering implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Gathering.class);
    /** As the last of a node's life; Kafka takes longer only if it is away. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Calls calls;
    private final WebhooksProperties properties;
    private final Counter dropped;
    private final Map<String, Gathered> byApp;
    private @Nullable Disposable emptying;

    Gathering(HookedApps apps, Calls calls, WebhooksProperties properties, MeterRegistry meters) {
        this.calls = calls;
        this.properties = properties;
        this.byApp = apps
            .all()
            .stream()
            .map(Gathered::new)
            .collect(Collectors.toUnmodifiableMap(gathered -> gathered.app.id(), Function.identity()));
        this.dropped = Counter.builder("parley.webhooks.dropped")
            .description("Events that no webhook tells of, because Kafka did not take them in time")
            .register(meters);
    }

    @EventListener
    void clientEvent(ClientEventSent sent) {
        if (sent.app().tellsOf(WebhookEvent.CLIENT_EVENT)) {
            gather(
                sent.app(),
                Told.ofClient(sent.channel(), sent.event(), sent.data(), sent.socketId(), sent.userId())
            );
        }
    }

    @EventListener
    void cacheMiss(CacheMissed missed) {
        if (missed.app().tellsOf(WebhookEvent.CACHE_MISS)) {
            gather(missed.app(), Told.ofChannel(WebhookEvent.CACHE_MISS, missed.channel()));
        }
    }

    private void gather(App app, Told event) {
        Gathered gathered = byApp.get(app.id());
        if (gathered == null || !gathered.add(event, properties.maxGathered().toBytes())) {
            dropped.increment();
        }
    }

    @Override
    @LeavesTheChain("Empties what is gathered as long as the node runs; stop() ends it")
    public synchronized void start() {
        emptying = Flux.interval(properties.gathering())
            .onBackpressureDrop()
            .concatMap(_ -> empty())
            .subscribe();
    }

    /** One after the other: while Kafka is away, what is gathered grows to its bound and no further. */
    private Mono<Void> empty() {
        return Flux.fromIterable(byApp.values())
            .concatMap(gathered -> empty(gathered))
            .then();
    }

    private Mono<Void> empty(Gathered gathered) {
        List<Told> events = gathered.take();
        if (events.isEmpty()) {
            return Mono.empty();
        }
        return Mono.fromFuture(() -> calls.write(gathered.app, events))
            .doOnError(_ -> dropped.increment(events.size()))
            .doOnError(failure ->
                log.warn("Webhooks will not tell of {} events: {}", events.size(), failure.toString())
            )
            .onErrorComplete();
    }

    @Override
    public synchronized boolean isRunning() {
        return emptying != null;
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    @LeavesTheChain("The node's last words; bounded by a time")
    public synchronized void stop(Runnable done) {
        if (emptying != null) {
            emptying.dispose();
            emptying = null;
        }
        empty()
            .timeout(LAST_WORDS)
            .onErrorComplete()
            .doFinally(_ -> done.run())
            .subscribe();
    }

    /** After the sockets' end, before Kafka's. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** What has been gathered of one app. */
    private static final class Gathered {

        private final App app;
        private List<Told> events = new ArrayList<>();
        private long bytes;

        private Gathered(App app) {
            this.app = app;
        }

        private synchronized boolean add(Told event, long mostBytes) {
            bytes += event.bytes();
            if (bytes > mostBytes) {
                bytes -= event.bytes();
                return false;
            }
            return events.add(event);
        }

        private synchronized List<Told> take() {
            List<Told> taken = events;
            events = new ArrayList<>();
            bytes = 0;
            return taken;
        }
    }
}
