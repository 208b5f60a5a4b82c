package chat.parley.realtime.channels.cache;

import java.time.Duration;

/**
 * The last event of a cache channel as Redis keeps it.
 *
 * @param left for how much longer
 */
public record KeptEvent(PlacedEvent event, Duration left) {}
