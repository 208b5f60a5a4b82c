package chat.parley.realtime.channels.webhook;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.census.Counted;
import chat.parley.realtime.channels.census.Shard;
import chat.parley.realtime.channels.nodes.NodesProperties;
import chat.parley.realtime.channels.nodes.Scripts;
import java.util.List;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What is due in Redis, taken in two steps: it becomes this node's for a time, and is gone when it is finished. */
@Component
class DueShard {

    static final int AT_ONCE = 200;

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> TAKE = Scripts.list(DueShard.class, "take");

    private final ReactiveStringRedisTemplate redis;
    private final WebhooksProperties properties;
    private final NodesProperties nodes;
    /** Spring's first use of Redis waits for the connection; no event loop must. */
    private final Scheduler connecting = Schedulers.boundedElastic();

    DueShard(ReactiveStringRedisTemplate redis, WebhooksProperties properties, NodesProperties nodes) {
        this.redis = redis;
        this.properties = properties;
        this.nodes = nodes;
    }

    static List<Shard> of(App app) {
        return Shard.all(Counted.CHANNELS, app.id());
    }

    /** At most {@link #AT_ONCE}; each is when it was due, a line break, and the transition. */
    Mono<List<String>> take(Shard shard) {
        return redis
            .execute(
                TAKE,
                List.of(shard.due(), taken(shard)),
                List.of(Integer.toString(AT_ONCE), Long.toString(properties.finished().toMillis()))
            )
            .next()
            .map(answer -> ((List<?>) answer).stream().map(String::valueOf).toList())
            .timeout(nodes.timeout())
            .subscribeOn(connecting);
    }

    Mono<Void> finish(Shard shard, List<String> taken) {
        return redis
            .opsForZSet()
            .remove(taken(shard), taken.toArray())
            .then()
            .timeout(nodes.timeout())
            .subscribeOn(connecting);
    }

    private static String taken(Shard shard) {
        return shard.key("taken");
    }
}
