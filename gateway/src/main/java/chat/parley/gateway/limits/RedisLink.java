package chat.parley.gateway.limits;

import com.github.benmanes.caffeine.cache.Ticker;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * One connection to Redis, on which the commands of all calls follow each other without waiting. It comes up when it
 * is first asked for and comes back by itself; while it is away, commands fail at once instead of queueing.
 */
@Component
final class RedisLink implements DisposableBean {

    private static final int MOST_WAITING = 10_000;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
    private static final Duration TRY_AGAIN_AT_MOST = Duration.ofSeconds(1);

    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI place;
    private final Ticker ticker = Ticker.systemTicker();
    private volatile Attempt last = Attempt.none();

    RedisLink(RedisSettings settings) {
        this.place = RedisURI.create(settings.url());
        this.resources = ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(
                Delay.exponential(Duration.ofMillis(20), TRY_AGAIN_AT_MOST, 2, TimeUnit.MILLISECONDS)
            )
            .build();
        this.client = RedisClient.create(resources);
        client.setOptions(
            ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_WAITING)
                .socketOptions(SocketOptions.builder().connectTimeout(CONNECT_WITHIN).build())
                .build()
        );
    }

    /** Fails if there is no connection and the last try to make one was a moment ago. */
    Mono<StatefulRedisConnection<String, String>> connection() {
        Attempt attempt = last;
        return attempt.isOver(ticker.read()) ? tryAgain() : attempt.connection();
    }

    private synchronized Mono<StatefulRedisConnection<String, String>> tryAgain() {
        if (last.isOver(ticker.read())) {
            Attempt next = new Attempt(new CompletableFuture<>(), ticker.read());
            client.connectAsync(StringCodec.UTF8, place).whenComplete(next::end);
            last = next;
        }
        return last.connection();
    }

    @Override
    public void destroy() {
        client.shutdown(Duration.ZERO, CONNECT_WITHIN);
        resources.shutdown(0, CONNECT_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One try to connect; a connection that was made once is kept, because Lettuce mends it. */
    private record Attempt(CompletableFuture<StatefulRedisConnection<String, String>> future, long since) {
        static Attempt none() {
            return new Attempt(
                CompletableFuture.failedFuture(new CompletionException("not tried yet", null)),
                Long.MIN_VALUE / 2
            );
        }

        boolean isOver(long now) {
            return future.isCompletedExceptionally() && now - since > TRY_AGAIN_AT_MOST.toNanos();
        }

        Mono<StatefulRedisConnection<String, String>> connection() {
            // Not cancelled with the one call that gives up waiting: others wait as well.
            return Mono.fromFuture(future, true);
        }

        void end(StatefulRedisConnection<String, String> connection, @Nullable Throwable failure) {
            if (failure == null) {
                future.complete(connection);
            } else {
                future.completeExceptionally(failure);
            }
        }
    }
}
