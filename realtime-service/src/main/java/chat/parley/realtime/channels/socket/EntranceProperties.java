package chat.parley.realtime.channels.socket;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How fast sockets are let in, beside {@link SocketProperties}, which say what one may take up.
 *
 * @param handshakesPerSecond that this node takes; 0 for as many as come
 * @param handshakeBurst how many of them it takes at once
 * @param requestWithin how long a new connection may take to ask for something; also how long a request may take to arrive
 * @param trustedProxies addresses and networks, such as {@code 10.0.0.0/8}, whose {@code X-Forwarded-Proto} counts
 */
@Validated
@ConfigurationProperties("parley.realtime.sockets")
public record EntranceProperties(
    @DefaultValue("5000") @Min(0) int handshakesPerSecond,
    @DefaultValue("10000") @Min(1) int handshakeBurst,
    @DefaultValue("10s") Duration requestWithin,
    @DefaultValue List<String> trustedProxies
) {
    public EntranceProperties {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
