package chat.parley.gateway.routing;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How slowly a body may come: none of it has to have come within the grace, and from then on so much a second since
 * the beginning. Silence is another matter, which the connection's read timeout ends.
 */
record Pace(@DefaultValue("20s") Duration grace, @DefaultValue("4KB") DataSize perSecond) {
    private static final double NANOS_A_SECOND = 1e9;

    boolean isBehind(long bytes, long nanos) {
        long beyond = nanos - grace.toNanos();
        return beyond > 0 && bytes < (beyond / NANOS_A_SECOND) * perSecond.toBytes();
    }
}
