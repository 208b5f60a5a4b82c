package chat.parley.presence.typing;

import chat.parley.presence.Lua;
import chat.parley.presence.Shard;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All who type. Every step is one script, and may be taken by any instance. */
@Component
final class Typists {

    private static final String FAMILY = "typing";
    private static final int BATCH = 200;

    private static final Lua STARTED = Lua.of("typing-started.lua");
    private static final Lua STOPPED = Lua.of("typing-stopped.lua");
    private static final Lua DUE = Lua.of("typing-due.lua");

    private final ReactiveStringRedisTemplate redis;
    private final TypingProperties properties;
    private final Clock clock;

    Typists(ReactiveStringRedisTemplate redis, TypingProperties properties, Clock clock) {
        this.redis = redis;
        this.properties = properties;
        this.clock = clock;
    }

    /** They type, from now on or still. True if it is the beginning, which the caller then tells. */
    Mono<Boolean> started(Typist typist) {
        return Mono.defer(() ->
            STARTED.run(
                redis,
                typist.shard().keys(FAMILY),
                clock.millis() + properties.silence().toMillis(),
                typist.member()
            )
        ).map(beginnings -> !beginnings.isEmpty());
    }

    /**
     * They have stopped: one step for all of a shard. Those of them who had been typing; the caller tells it and calls
     * {@link #told}.
     */
    Flux<Typist> stopped(Collection<Typist> some) {
        return Flux.fromStream(() ->
            some.stream().collect(Collectors.groupingBy(Typist::shard)).entrySet().stream()
        ).flatMap(ofShard -> stopped(ofShard.getKey(), ofShard.getValue()), Shard.COUNT);
    }

    private Flux<Typist> stopped(Shard shard, List<Typist> some) {
        Stream<Object> retell = Stream.of(clock.millis() + properties.retell().toMillis());
        return STOPPED.run(
            redis,
            shard.keys(FAMILY),
            Stream.concat(retell, some.stream().map(Typist::member)).toArray()
        )
            .flatMapIterable(ends -> ends)
            .map(Typist::of);
    }

    /** Those of the shard who fell silent, or whose end nobody reported as told; the caller tells it. */
    Flux<Typist> due(Shard shard) {
        return Mono.defer(() ->
            DUE.run(
                redis,
                shard.keys(FAMILY),
                clock.millis(),
                clock.millis() + properties.retell().toMillis(),
                BATCH
            )
        )
            .flatMapIterable(ends -> ends)
            .map(Typist::of);
    }

    /** Everybody knows that they have stopped. */
    Mono<Void> told(Typist typist) {
        return redis.opsForZSet().remove(typist.shard().keys(FAMILY) + ":ended", typist.member()).then();
    }
}
