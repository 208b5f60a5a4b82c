package chat.parley.realtime.chat;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How messages are put in order.
 *
 * @param patience how long a message that is early waits for the one before
 * @param maxRooms how many rooms' places are remembered
 * @param maxWaiting how many messages of one room may wait
 */
@Validated
@ConfigurationProperties("parley.realtime.order")
public record OrderProperties(
    @DefaultValue("50ms") Duration patience,
    @DefaultValue("100000") @Min(1) int maxRooms,
    @DefaultValue("256") @Min(1) int maxWaiting
) {}
