package chat.parley.realtime.channels.webhook;

import chat.parley.contracts.Topic;
import chat.parley.realtime.channels.log.GroupReader;
import chat.parley.service.LeavesTheChain;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads calls from Kafka together with the other nodes: those that are new, and those that wait for their next try,
 * each in the topic of its pause. Does nothing where no app has a webhook.
 */
@Component
class Worker implements SmartLifecycle {

    private static final String GROUP = "realtime-webhooks";

    private final HookedApps apps;
    private final GroupReader reader;
    private final Delivering delivering;
    private final WebhooksProperties properties;
    private final Clock clock;
    private @Nullable Disposable working;

    Worker(
        HookedApps apps,
        GroupReader reader,
        Delivering delivering,
        WebhooksProperties properties,
        Clock clock
    ) {
        this.apps = apps;
        this.reader = reader;
        this.delivering = delivering;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    @LeavesTheChain("Works as long as the node runs; stop() ends it")
    public synchronized void start() {
        if (apps.urls() > 0) {
            working = Flux.merge(
                Flux.concat(Mono.just(fresh()), retries()),
                properties.levels() + 1
            ).subscribe();
        }
    }

    private Flux<Void> fresh() {
        return reader.read(
            Topic.WEBHOOKS.wireName(),
            GROUP,
            _ -> Mono.empty(),
            delivering::digest,
            properties.inHand()
        );
    }

    private Flux<Flux<Void>> retries() {
        return Flux.fromStream(() -> IntStream.range(0, properties.levels()).boxed()).map(this::retries);
    }

    private Flux<Void> retries(int level) {
        Duration pause = properties.pauses().get(level);
        return reader.read(
            RetryTopics.nameOf(level),
            // A group of its own: who comes to the one topic has no reason to hand over the others.
            GROUP + "-" + (level + 1),
            record -> untilDue(record, pause),
            delivering::digest,
            properties.inHand()
        );
    }

    /** By the record's own time, which is when it was written: all of a topic wait equally long from there. */
    private Mono<Void> untilDue(ConsumerRecord<String, byte[]> record, Duration pause) {
        Duration left = Duration.between(
            clock.instant(),
            Instant.ofEpochMilli(record.timestamp()).plus(pause)
        );
        return left.isPositive() ? Mono.delay(left).then() : Mono.empty();
    }

    @Override
    public synchronized void stop() {
        if (working != null) {
            working.dispose();
            working = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return working != null;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
