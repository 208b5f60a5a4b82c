package chat.parley.gateway.routing;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What holds for all routes; a route's metadata may say otherwise.
 *
 * @param maxBody the largest body of a request; a route's {@code max-body} goes before it
 * @param pace how slowly a body may come
 */
@ConfigurationProperties("parley.gateway")
record RoutingProperties(@DefaultValue("256KB") DataSize maxBody, @DefaultValue Pace pace) {
    public RoutingProperties {
        if (maxBody.isNegative()) {
            throw new IllegalArgumentException("parley.gateway.max-body is negative");
        }
    }
}
