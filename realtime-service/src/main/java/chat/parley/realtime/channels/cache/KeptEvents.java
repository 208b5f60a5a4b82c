package chat.parley.realtime.channels.cache;

import chat.parley.contracts.broadcast.BroadcastEvent;
import chat.parley.realtime.channels.app.App;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The last event of each cache channel, in Redis for all nodes. */
@Component
public final class KeptEvents {

    private static final RedisScript<Long> KEEP = script("keep", Long.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> FIND = script("find", List.class);

    private final ReactiveStringRedisTemplate redis;
    private final CacheProperties properties;
    /** Spring's first use of Redis waits for the connection; no event loop must. */
    private final Scheduler connecting = Schedulers.boundedElastic();

    KeptEvents(ReactiveStringRedisTemplate redis, CacheProperties properties) {
        this.redis = redis;
        this.properties = properties;
    }

    /** Read at once: Spring's own script from a file is read at its first use, which is in an event loop. */
    private static <T> RedisScript<T> script(String name, Class<T> answer) {
        try (InputStream file = KeptEvents.class.getResourceAsStream(name + ".lua")) {
            byte[] text = Objects.requireNonNull(file, name).readAllBytes();
            return RedisScript.of(new String(text, StandardCharsets.UTF_8), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty if nothing is kept. Fails if Redis does not answer. */
    public Mono<KeptEvent> find(App app, String channel) {
        return find(BroadcastEvent.keyOf(app.id(), channel));
    }

    Mono<KeptEvent> find(String channelKey) {
        return redis
            .execute(FIND, List.of(keyOf(channelKey)), List.of())
            .next()
            .<KeptEvent>mapNotNull(answer -> answer.isEmpty() ? null : read(answer))
            .timeout(properties.timeout())
            .subscribeOn(connecting);
    }

    private static KeptEvent read(List<?> answer) {
        List<String> texts = answer.stream().map(String::valueOf).toList();
        return new KeptEvent(
            new PlacedEvent(
                Integer.parseInt(texts.get(0)),
                Long.parseLong(texts.get(1)),
                texts.get(2),
                texts.get(3)
            ),
            Duration.ofMillis(Long.parseLong(texts.get(4)))
        );
    }

    /** Keeps the event, unless a later one is kept already. */
    Mono<Void> keep(String channelKey, PlacedEvent event) {
        List<String> arguments = List.of(
            Integer.toString(event.partition()),
            Long.toString(event.offset()),
            event.name(),
            event.data(),
            Long.toString(properties.kept().toMillis())
        );
        return redis
            .execute(KEEP, List.of(keyOf(channelKey)), arguments)
            .then()
            .timeout(properties.timeout())
            .subscribeOn(connecting);
    }

    private static String keyOf(String channelKey) {
        return "parley:realtime:last:{" + channelKey + "}";
    }
}
