package chat.parley.realtime.log;

import chat.parley.contracts.Topic;
import chat.parley.service.problem.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Writes events in the order in which they are given. One thread hands them to the producer, which may block while it
 * knows no broker; the producer itself keeps a partition's order and sends what waits together.
 */
@Component
public final class EventWriter {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final KafkaTemplate<String, byte[]> kafka;
    private final LogProperties properties;
    private final Scheduler writer = Schedulers.newSingle("event-writer", true);
    private final AtomicInteger waiting = new AtomicInteger();

    EventWriter(KafkaTemplate<String, byte[]> kafka, LogProperties properties, MeterRegistry meters) {
        this.kafka = kafka;
        this.properties = properties;
        meters.gauge("parley.log.waiting", waiting);
    }

    /**
     * Completes when Kafka has the event; fails with {@link Unavailable} when too many wait already, or Kafka does
     * not take it in time.
     *
     * @param key also what the partition is chosen by
     */
    public CompletableFuture<Void> write(Topic topic, String key, byte[] event) {
        if (waiting.incrementAndGet() > properties.maxWaitingWrites()) {
            waiting.decrementAndGet();
            return CompletableFuture.failedFuture(unavailable());
        }
        CompletableFuture<Void> written = new CompletableFuture<>();
        writer.schedule(() -> send(new ProducerRecord<>(topic.wireName(), key, event), written));
        return written;
    }

    private void send(ProducerRecord<String, byte[]> record, CompletableFuture<Void> written) {
        try {
            kafka.send(record).whenComplete((_, failure) -> settle(written, failure == null));
        } catch (KafkaException | org.springframework.kafka.KafkaException refused) {
            settle(written, false);
        }
    }

    private void settle(CompletableFuture<Void> written, boolean success) {
        waiting.decrementAndGet();
        if (success) {
            written.complete(null);
        } else {
            written.completeExceptionally(unavailable());
        }
    }

    private static Unavailable unavailable() {
        return new Unavailable("Events cannot be taken right now.", RETRY_AFTER);
    }

    @PreDestroy
    void stop() {
        writer.dispose();
    }
}
