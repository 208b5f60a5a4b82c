package chat.parley.presence.typing;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When typing ends.
 *
 * @param silence how long after the last sign of it typing ends by itself
 * @param retell after how long another instance tells an end that one took and did not report as told; longer than
 *     Kafka's producer tries
 */
@Validated
@ConfigurationProperties("parley.presence.typing")
record TypingProperties(
    @DefaultValue("6s") @DurationMin(millis = 1) Duration silence,
    @DefaultValue("20s") @DurationMin(millis = 1) Duration retell
) {}
