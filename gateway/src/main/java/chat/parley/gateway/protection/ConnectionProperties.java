package chat.parley.gateway.protection;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the gateway treats the connections of clients.
 *
 * @param idleTimeout how long a connection may stay open without a request; sockets are not meant
 * @param headersWithin how long a request's headers may take to come, from their first byte
 * @param readTimeout how long a client that is sending a request may stay silent
 * @param compressFrom the smallest answer that is compressed
 * @param compressed the media types that are worth compressing
 */
@ConfigurationProperties("parley.gateway.connections")
public record ConnectionProperties(
    @DefaultValue("75s") Duration idleTimeout,
    @DefaultValue("10s") Duration headersWithin,
    @DefaultValue("30s") Duration readTimeout,
    @DefaultValue("1KB") DataSize compressFrom,
    @DefaultValue(
        {
            "text/html",
            "text/css",
            "text/javascript",
            "application/javascript",
            "application/json",
            "application/problem+json",
            "application/manifest+json",
            "image/svg+xml",
        }
    )
    Set<String> compressed
) {
    public ConnectionProperties {
        compressed = Set.copyOf(compressed);
    }
}
