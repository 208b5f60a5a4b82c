package chat.parley.realtime.channels.log;

import chat.parley.contracts.Topic;
import chat.parley.service.problem.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger log = LoggerFactory.getLogger(EventWriter.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final KafkaTemplate<String, byte[]> kafka;
    private final LogProperties properties;
    /** One thread that may block; what waits for it is bounded by the count. */
    private final Scheduler writer = Schedulers.newBoundedElastic(1, Integer.MAX_VALUE, "event-writer");
    private final AtomicInteger waiting = new AtomicInteger();

    public EventWriter(KafkaTemplate<String, byte[]> kafka, LogProperties properties, MeterRegistry meters) {
        this.kafka = kafka;
        this.properties = properties;
        meters.gauge("parley.log.waiting", waiting);
    }

    /**
     * Completes with its place when Kafka has the event; fails with {@link Unavailable} when too many wait already, or Kafka does
     * not take it in time.
     *
     * @param key also what the partition is chosen by
     */
    public CompletableFuture<RecordMetadata> write(Topic topic, String key, byte[] event) {
        return write(topic.wireName(), key, event);
    }

    /** The same for a topic that is not the suite's, but this service's own. */
    public CompletableFuture<RecordMetadata> write(String topic, String key, byte[] event) {
        if (waiting.incrementAndGet() > properties.maxWaitingWrites()) {
            waiting.decrementAndGet();
            return CompletableFuture.failedFuture(unavailable());
        }
        CompletableFuture<RecordMetadata> written = new CompletableFuture<>();
        writer.schedule(() -> send(new ProducerRecord<>(topic, key, event), written));
        return written;
    }

    private void send(ProducerRecord<String, byte[]> record, CompletableFuture<RecordMetadata> written) {
        try {
            kafka
                .send(record)
                .whenComplete((sent, _) -> settle(written, sent == null ? null : sent.getRecordMetadata()));
        } catch (RuntimeException refused) {
            // Kafka and Spring's template have a family of their own each; whatever it was, it is not written.
            log.warn("Kafka did not take an event: {}", refused.toString());
            settle(written, null);
        }
    }

    private void settle(CompletableFuture<RecordMetadata> written, @Nullable RecordMetadata place) {
        waiting.decrementAndGet();
        if (place != null) {
            written.complete(place);
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
