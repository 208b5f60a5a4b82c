package chat.parley.realtime.channels.nodes;

import chat.parley.realtime.Node;
import java.time.Duration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** The leases of nodes that only a test knows. */
public final class Leases {

    private static final Duration SOON = Duration.ofSeconds(20);

    private Leases() {}

    public static SharedLeases of(ReactiveStringRedisTemplate redis, NodesProperties properties) {
        return new SharedLeases(redis, properties);
    }

    public static void renew(ReactiveStringRedisTemplate redis, NodesProperties properties, Node node) {
        of(redis, properties).renew(node.id()).block(SOON);
    }

    public static void end(ReactiveStringRedisTemplate redis, NodesProperties properties, Node node) {
        of(redis, properties).end(node.id()).block(SOON);
    }
}
