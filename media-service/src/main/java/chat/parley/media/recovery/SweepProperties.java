package chat.parley.media.recovery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How what a crash has left is cleared up.
 *
 * @param every how often it is looked for
 * @param patience how old an entry must be before the upload's own instance is thought gone
 * @param abandoned how old an upload without an end must be before its bytes are removed; longer than any upload
 */
@ConfigurationProperties("parley.media.sweep")
public record SweepProperties(
    @DefaultValue("15s") Duration every,
    @DefaultValue("15s") Duration patience,
    @DefaultValue("2h") Duration abandoned
) {}
