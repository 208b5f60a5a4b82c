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
 * @param breaker when asking is given up for a while
 */
@ConfigurationProperties("parley.rooms")
public record RoomsProperties(
    URI url,
    @DefaultValue("2s") Duration timeout,
    @DefaultValue("100000") int maxCached,
    @DefaultValue("60s") Duration maxAge,
    @DefaultValue Breaker breaker
) {
    /**
     * @param window the calls of this long are looked at
     * @param calls fewer than these in it tell nothing
     * @param failurePercent from this share of failed ones on nobody asks any more
     * @param openFor for so long
     * @param probes so many are then let through to see whether it is over; where fewer than that come in such a time, it rests again
     */
    public record Breaker(
        @DefaultValue("10s") Duration window,
        @DefaultValue("20") int calls,
        @DefaultValue("50") int failurePercent,
        @DefaultValue("5s") Duration openFor,
        @DefaultValue("1") int probes
    ) {
        public Breaker {
            if (
                window.toSeconds() < 1 ||
                calls < 1 ||
                failurePercent < 1 ||
                failurePercent > 100 ||
                probes < 1
            ) {
                throw new IllegalArgumentException("parley.rooms.breaker needs values above zero");
            }
        }
    }
}
