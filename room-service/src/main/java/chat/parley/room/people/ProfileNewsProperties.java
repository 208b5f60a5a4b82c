package chat.parley.room.people;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How rooms hear of new names and pictures.
 *
 * @param pollInterval how often to look for somebody who has changed
 * @param roomsAtOnce how many rooms are told in one transaction, which holds their locks
 */
@Validated
@ConfigurationProperties("parley.profiles")
record ProfileNewsProperties(
    @DefaultValue("500ms") @DurationMin(millis = 1) Duration pollInterval,
    @DefaultValue("20") @Min(1) @Max(1_000) int roomsAtOnce
) {}
