package chat.parley.realtime.channels.fanout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** How long events take to the sockets, and what never got there. */
@Component
public final class FanoutMeters {

    private final Timer delivery;
    private final Counter dropped;
    private final LongAdder subscriptions = new LongAdder();
    private final Clock clock;

    public FanoutMeters(MeterRegistry meters, Clock clock) {
        this.delivery = Timer.builder("parley.delivery")
            .description("From an event's acceptance to its flush to the sockets of one event loop")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(meters);
        this.dropped = Counter.builder("parley.fanout.dropped")
            .description("Frames not written, because the socket or its event loop was too slow")
            .register(meters);
        Gauge.builder("parley.subscriptions", subscriptions, LongAdder::sum)
            .description("Subscriptions of this node's sockets to channels")
            .register(meters);
        this.clock = clock;
    }

    void flushed(Instant acceptedAt) {
        Duration took = Duration.between(acceptedAt, clock.instant());
        // The clocks of two machines differ a little; a negative time would be thrown away.
        delivery.record(took.isNegative() ? Duration.ZERO : took);
    }

    void subscribed() {
        subscriptions.increment();
    }

    void unsubscribed() {
        subscriptions.decrement();
    }

    void dropped(int frames) {
        dropped.increment(frames);
    }
}
