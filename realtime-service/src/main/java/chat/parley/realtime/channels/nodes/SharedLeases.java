package chat.parley.realtime.channels.nodes;

import java.util.Collection;
import java.util.List;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The leases of all nodes in Redis, by its clock, the only one that they share. */
@Component
public class SharedLeases {

    /**
     * The phase of what talks to Redis as long as the node runs: its connections are there from phase 0 on, and whoever
     * began with them might ask too early, hear nothing until the next try, and be cut off at the end.
     */
    public static final int AFTER_REDIS = 1;

    private static final String LEASES = "parley:realtime:nodes";

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> RENEW = Scripts.list(SharedLeases.class, "renew");

    private final ReactiveStringRedisTemplate redis;
    private final NodesProperties properties;
    /** Spring's first use of Redis waits for the connection; no event loop must. */
    private final Scheduler connecting = Schedulers.boundedElastic();

    SharedLeases(ReactiveStringRedisTemplate redis, NodesProperties properties) {
        this.redis = redis;
        this.properties = properties;
    }

    Mono<Renewal> renew(String node) {
        List<String> arguments = List.of(node, Long.toString(properties.lease().toMillis()));
        return redis
            .execute(RENEW, List.of(LEASES), arguments)
            .next()
            .map(answer -> Renewal.of((List<?>) answer))
            .timeout(properties.timeout())
            .subscribeOn(connecting);
    }

    Mono<Void> end(String node) {
        return redis
            .opsForZSet()
            .remove(LEASES, node)
            .then()
            .timeout(properties.timeout())
            .subscribeOn(connecting);
    }

    /** Those of the nodes that have no lease, not even one that has ended. */
    public Flux<String> without(Collection<String> nodes) {
        return Flux.fromIterable(nodes)
            .filterWhen(node ->
                redis
                    .opsForZSet()
                    .score(LEASES, node)
                    .hasElement()
                    .map(held -> !held)
            )
            .timeout(properties.timeout())
            .subscribeOn(connecting);
    }

    /**
     * How a renewal went.
     *
     * @param wasThere false if the lease had ended and been taken, and with it whatever the node held
     * @param ended the nodes whose lease has ended
     */
    record Renewal(boolean wasThere, List<String> ended) {
        /** Reads what {@code renew.lua} answers. */
        static Renewal of(List<?> answer) {
            List<String> words = answer.stream().map(String::valueOf).toList();
            return new Renewal(words.getFirst().equals("1"), words.subList(1, words.size()));
        }
    }
}
