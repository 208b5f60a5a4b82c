package chat.parley.gateway.limits;

import chat.parley.gateway.Loop;
import com.github.benmanes.caffeine.cache.Ticker;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One event loop's connection to Redis, on which the commands of all its calls follow each other without waiting. It comes
 * up when it is first asked for and comes back by itself; while it is away, commands fail at once instead of queueing.
 */
final class RedisLink {

    /** How long after a failed try the next one waits in the end. */
    static final Duration TRY_AGAIN_AT_MOST = Duration.ofSeconds(1);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final RedisClient client;
    private final RedisURI place;
    private final Loop loop;
    private final Ticker ticker = Ticker.systemTicker();
    private volatile Attempt last = Attempt.none();

    RedisLink(RedisClient client, RedisURI place, Loop loop) {
        this.client = client;
        this.place = place;
        this.loop = loop;
    }

    /** The one that answers come in on. */
    Loop loop() {
        return loop;
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

    void close() {
        client.shutdown(Duration.ZERO, CLOSE_WITHIN);
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
