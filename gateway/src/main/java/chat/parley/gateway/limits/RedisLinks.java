package chat.parley.gateway.limits;

import chat.parley.gateway.Loop;
import chat.parley.gateway.Loops;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The connections to Redis, one of each event loop. */
@Component
final class RedisLinks implements DisposableBean {

    private static final int MOST_WAITING = 10_000;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
    private static final Duration FIRST_TRY_AGAIN = Duration.ofMillis(20);

    private final Loops loops;
    private final RedisURI place;
    private final ClientResources resources;
    private final Map<Loop, RedisLink> links = new ConcurrentHashMap<>();

    RedisLinks(RedisSettings settings, Loops loops) {
        this.loops = loops;
        this.place = RedisURI.create(settings.url());
        this.resources = ClientResources.builder()
            .computationThreadPoolSize(2)
            .reconnectDelay(
                Delay.exponential(FIRST_TRY_AGAIN, RedisLink.TRY_AGAIN_AT_MOST, 2, TimeUnit.MILLISECONDS)
            )
            .build();
    }

    /** Of the loop that this thread is. */
    RedisLink here() {
        Loop here = loops.here();
        RedisLink link = links.get(here);
        return link == null ? links.computeIfAbsent(here, this::link) : link;
    }

    private RedisLink link(Loop loop) {
        ClientResources own = resources.mutate().eventLoopGroupProvider(new OneLoop(loop)).build();
        RedisClient client = RedisClient.create(own);
        client.setOptions(
            ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_WAITING)
                .socketOptions(SocketOptions.builder().connectTimeout(CONNECT_WITHIN).build())
                // Whoever asks knows how long to wait.
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .build()
        );
        return new RedisLink(client, place, loop);
    }

    @Override
    public void destroy() {
        links.values().forEach(RedisLink::close);
        resources.shutdown(0, CONNECT_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }
}
