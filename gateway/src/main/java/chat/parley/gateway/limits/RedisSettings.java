package chat.parley.gateway.limits;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the gateways share their buckets.
 *
 * @param url as Lettuce reads it: {@code redis://}, {@code rediss://} or {@code redis-sentinel://}
 * @param timeout how long a call waits for its verdict before this gateway decides alone
 * @param retryAfter how long Redis is left alone when it has failed several times
 */
@ConfigurationProperties("parley.gateway.redis")
record RedisSettings(
    @DefaultValue("redis://localhost:6379") String url,
    @DefaultValue("75ms") Duration timeout,
    @DefaultValue("1s") Duration retryAfter
) {}
