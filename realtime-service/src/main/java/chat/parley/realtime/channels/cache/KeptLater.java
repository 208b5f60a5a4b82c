package chat.parley.realtime.channels.cache;

import chat.parley.service.LeavesTheChain;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The last events that Redis did not take, for when it does again: it may still hold an older one, and would be
 * believed. Beyond 16 million characters the oldest are forgotten.
 */
@Component
class KeptLater implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(KeptLater.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int MAX_CHARACTERS = 1 << 24;

    private final KeptEvents kept;
    private final Cache<String, PlacedEvent> waiting;
    private @Nullable Disposable trying;

    KeptLater(KeptEvents kept, CacheProperties properties) {
        this.kept = kept;
        this.waiting = Caffeine.newBuilder()
            .expireAfterWrite(properties.kept())
            .maximumWeight(MAX_CHARACTERS)
            .weigher((String key, PlacedEvent event) -> key.length() + event.data().length())
            .build();
    }

    void add(String channelKey, PlacedEvent event) {
        waiting.asMap().merge(channelKey, event, (known, added) -> added.isLaterThan(known) ? added : known);
    }

    @Override
    @LeavesTheChain("Tries as long as the node runs; stop() ends it")
    public synchronized void start() {
        trying = Flux.interval(PAUSE)
            .onBackpressureDrop()
            .concatMap(_ -> tryAgain())
            .subscribe();
    }

    /** The first that fails ends the round: Redis is still away. */
    private Mono<Void> tryAgain() {
        return Flux.fromIterable(waiting.asMap().entrySet())
            .concatMap(entry -> tryAgain(entry.getKey(), entry.getValue()))
            .then()
            .doOnError(failure -> log.info("Last events still wait to be kept: {}", failure.toString()))
            .onErrorComplete();
    }

    private Mono<Void> tryAgain(String channelKey, PlacedEvent event) {
        return kept
            .keep(channelKey, event)
            .then(Mono.fromRunnable(() -> waiting.asMap().remove(channelKey, event)));
    }

    @Override
    public synchronized void stop() {
        if (trying != null) {
            trying.dispose();
            trying = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return trying != null;
    }
}
