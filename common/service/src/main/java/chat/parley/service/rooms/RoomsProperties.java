package chat.parley.service.rooms;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How room-service is asked.
 *
 * @param url its base address; null in a service that never asks
 * @param timeout how long an answer may take
 * @param maxCached how many memberships an instance remembers
 * @param maxAge how long at most, should the events that end it never arrive
 */
@ConfigurationProperties("parley.rooms")
public record RoomsProperties(
    URI url,
    @DefaultValue("2s") Duration timeout,
    @DefaultValue("100000") int maxCached,
    @DefaultValue("60s") Duration maxAge
) {}
