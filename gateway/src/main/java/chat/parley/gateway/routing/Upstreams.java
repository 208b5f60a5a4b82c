package chat.parley.gateway.routing;

import chat.parley.service.breakers.Breakers;
import chat.parley.service.breakers.Rest;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.stereotype.Component;

/** A circuit breaker and a budget for second tries of each route; Prometheus sees what state they are in. */
@Component
final class Upstreams {

    private static final Duration NEVER = Duration.ofDays(1);
    // In rests.
    private static final int LONGEST_PROBE = 5;

    private final UpstreamProperties properties;
    private final @Nullable Duration usualPatience;
    private final Breakers breakers;
    private final Map<String, Upstream> byRoute = new ConcurrentHashMap<>();

    Upstreams(UpstreamProperties properties, HttpClientProperties http, MeterRegistry meters) {
        this.properties = properties;
        this.usualPatience = http.getResponseTimeout();
        this.breakers = new Breakers(meters);
    }

    /** There are as many as routes are configured. */
    Upstream of(Route route) {
        Upstream known = byRoute.get(route.getId());
        return known == null ? byRoute.computeIfAbsent(route.getId(), _ -> upstream(route)) : known;
    }

    Duration slow() {
        return properties.slow();
    }

    Duration rest() {
        return properties.rest();
    }

    private Upstream upstream(Route route) {
        Duration patience = isPatient(route) ? null : usualPatience;
        CircuitBreaker breaker = breakers.make(
            route.getId(),
            Breakers.lookingBack(properties.window(), properties.minimumCalls())
                .failureRateThreshold(properties.failureRate())
                .slowCallDurationThreshold(patience == null ? NEVER : properties.slow())
                .slowCallRateThreshold(properties.slowRate()),
            // One call decides. With more, a route that few use would rest again before they have come.
            Rest.of(properties.rest()).withProbesWithin(properties.rest().multipliedBy(LONGEST_PROBE))
        );
        URI uri = route.getUri();
        return new Upstream(
            uri.getScheme() + "://" + uri.getRawAuthority(),
            patience,
            breaker,
            new RetryBudget(properties.retryRate())
        );
    }

    /** Uploads and sockets take as long as people do. */
    private static boolean isPatient(Route route) {
        return "-1".equals(String.valueOf(route.getMetadata().get(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR)));
    }
}
