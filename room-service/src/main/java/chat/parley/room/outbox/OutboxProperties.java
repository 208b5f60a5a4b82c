package chat.parley.room.outbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the outbox is emptied.
 *
 * @param pollInterval how often to look for what another instance left behind
 * @param batch how many events are taken at once
 * @param roomsAtOnce the events of how many rooms are on their way to Kafka at the same time
 */
@Validated
@ConfigurationProperties("parley.outbox")
record OutboxProperties(
    @DefaultValue("500ms") Duration pollInterval,
    @DefaultValue("500") @Min(1) @Max(10_000) int batch,
    @DefaultValue("16") @Min(1) @Max(256) int roomsAtOnce
) {}
