package chat.parley.realtime.channels.log;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this node reads and writes Kafka.
 *
 * @param maxWaitingWrites beyond this many unacknowledged events the next is refused
 * @param lookUpTimeout how long the brokers may take to say where a topic ends
 * @param retryAfter how long to wait before the brokers are tried again
 */
@Validated
@ConfigurationProperties("parley.realtime.log")
public record LogProperties(
    @DefaultValue("10000") @Min(1) int maxWaitingWrites,
    @DefaultValue("5s") Duration lookUpTimeout,
    @DefaultValue("500ms") Duration retryAfter
) {}
