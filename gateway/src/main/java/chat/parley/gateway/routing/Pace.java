package chat.parley.gateway.routing;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How slowly a body may come.
 *
 * @param silence the longest time without any of it
 * @param grace for how long it does not matter how much comes
 * @param perSecond how much must have come in each second since then, on the whole
 */
record Pace(
    @DefaultValue("20s") Duration silence,
    @DefaultValue("20s") Duration grace,
    @DefaultValue("4KB") DataSize perSecond
) {
    private static final double NANOS_A_SECOND = 1e9;

    boolean isBehind(long bytes, long nanos) {
        long beyond = nanos - grace.toNanos();
        return beyond > 0 && bytes < (beyond / NANOS_A_SECOND) * perSecond.toBytes();
    }
}
