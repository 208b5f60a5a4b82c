package chat.parley.realtime.channels.cache;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the last events of cache channels are kept.
 *
 * @param kept for how long after its publishing
 * @param timeout how long Redis may take
 */
@Validated
@ConfigurationProperties("parley.realtime.cache")
public record CacheProperties(@DefaultValue("30m") Duration kept, @DefaultValue("1s") Duration timeout) {}
