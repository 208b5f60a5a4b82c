package chat.parley.realtime.channels.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** How calls of apps' servers go. */
@Component
class WebhookMeters {

    private final Counter delivered;
    private final Counter failed;
    private final Counter givenUp;
    private final Counter unwanted;
    private final Counter unreadable;
    private final AtomicInteger inHand = new AtomicInteger();

    WebhookMeters(MeterRegistry meters) {
        this.delivered = counter(meters, "delivered", "Calls that were answered with 2xx");
        this.failed = counter(meters, "failed", "Tries that were not");
        this.givenUp = counter(meters, "given.up", "Calls that nobody took for as long as they are tried");
        this.unwanted = counter(meters, "unwanted", "Calls of webhooks that are not configured any more");
        this.unreadable = counter(meters, "unreadable", "Records that are no calls");
        meters.gauge("parley.webhooks.waiting", inHand);
    }

    private static Counter counter(MeterRegistry meters, String name, String description) {
        return Counter.builder("parley.webhooks." + name).description(description).register(meters);
    }

    void begun() {
        inHand.incrementAndGet();
    }

    void ended() {
        inHand.decrementAndGet();
    }

    void delivered() {
        delivered.increment();
    }

    void failed() {
        failed.increment();
    }

    void givenUp() {
        givenUp.increment();
    }

    void unwanted() {
        unwanted.increment();
    }

    void unreadable() {
        unreadable.increment();
    }
}
