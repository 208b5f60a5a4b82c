package chat.parley.presence.online;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When somebody counts as gone.
 *
 * @param lease how long a realtime node may be silent before its sockets count for nothing
 * @param grace how long somebody without a socket still counts as online, so that a reload is no blink
 * @param memory how long a silent node's sockets are kept, should it turn out to have been cut off only
 * @param retell after how long another instance tells a change that one took and did not report as told; longer
 *     than Kafka's producer tries
 * @param retry after how long a change is told again that could not be told
 * @param batch how many changes of a shard one instance takes at a time
 */
@Validated
@ConfigurationProperties("parley.presence.online")
record OnlineProperties(
    @DefaultValue("30s") @DurationMin(millis = 1) Duration lease,
    @DefaultValue("10s") @DurationMin Duration grace,
    @DefaultValue("10m") @DurationMin Duration memory,
    @DefaultValue("20s") @DurationMin(millis = 1) Duration retell,
    @DefaultValue("2s") @DurationMin(millis = 1) Duration retry,
    @DefaultValue("100") @Min(1) int batch
) {}
