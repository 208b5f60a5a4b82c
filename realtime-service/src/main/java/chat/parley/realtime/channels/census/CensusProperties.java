package chat.parley.realtime.channels.census;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the nodes count together.
 *
 * @param batch how many names one call to Redis carries at most; it is busy with them for some microseconds each
 * @param retryAfter how long to wait when Redis did not take one
 */
@Validated
@ConfigurationProperties("parley.realtime.census")
public record CensusProperties(
    @DefaultValue("250") @Min(1) @Max(2000) int batch,
    @DefaultValue("500ms") Duration retryAfter
) {}
