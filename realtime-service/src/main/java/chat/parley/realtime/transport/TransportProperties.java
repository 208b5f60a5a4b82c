package chat.parley.realtime.transport;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this node's event loops reach the network.
 *
 * @param transport which one, or the best that works here
 * @param eventLoops how many of them; 0 for one fewer than processors
 */
@Validated
@ConfigurationProperties("parley.realtime")
public record TransportProperties(
    @DefaultValue("auto") Choice transport,
    @DefaultValue("0") @Min(0) int eventLoops
) {
    /**
     * The kernel's side of what a loop writes, and Kafka's clients, want a processor as well: two loops on two
     * processors cost a third more a delivery than one.
     */
    int loops() {
        return eventLoops == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() - 1) : eventLoops;
    }

    /** What may be configured. */
    public enum Choice {
        AUTO,
        IO_URING,
        EPOLL,
        NIO,
    }
}
