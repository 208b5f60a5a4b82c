package chat.parley.gateway.routing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a route is left alone because its service does not do its work, and when a call is worth a second try.
 *
 * @param window how far back calls are looked at
 * @param minimumCalls how many there must have been
 * @param failureRate the percentage of them, from which on the route rests: broken connections, timeouts, 502 to 504
 * @param slow what is a slow call, counted from the request's last byte to the answer's first; routes without a
 *     response timeout know none
 * @param slowRate the percentage of slow calls from which on the route rests
 * @param rest for how long it rests, after which a few calls try it
 * @param retryRate how many calls in a hundred may be tried again
 */
@ConfigurationProperties("parley.gateway.upstreams")
record UpstreamProperties(
    @DefaultValue("10s") Duration window,
    @DefaultValue("20") int minimumCalls,
    @DefaultValue("50") int failureRate,
    @DefaultValue("5s") Duration slow,
    @DefaultValue("80") int slowRate,
    @DefaultValue("2s") Duration rest,
    @DefaultValue("10") int retryRate
) {
    UpstreamProperties {
        if (retryRate < 0 || retryRate > 100) {
            throw new IllegalArgumentException("parley.gateway.upstreams.retry-rate is no percentage");
        }
    }
}
