package chat.parley.message;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How media-service is asked.
 *
 * @param url its base address
 * @param timeout how long an answer may take
 * @param maxCached how many uploads an instance remembers
 * @param maxAge how long; far shorter than a signed address is good for
 */
@ConfigurationProperties("parley.media")
record MediaProperties(
    URI url,
    @DefaultValue("2s") Duration timeout,
    @DefaultValue("20000") int maxCached,
    @DefaultValue("5m") Duration maxAge
) {}
