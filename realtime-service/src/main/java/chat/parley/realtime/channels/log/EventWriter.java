package chat.parley.realtime.channels.log;

import chat.parley.contracts.Topic;
import chat.parley.service.problem.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Writes events in the order in which they are given. One thread hands them to the producer, which may block while it
 * knows no broker; it is woken once for all that has come since, and the producer keeps a partition's order and sends what
 * waits together.
 */
@Component
public final class EventWriter {

    private static final Logger log = LoggerFactory.getLogger(EventWriter.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ProducerFactory<String, byte[]> producers;
    private final LogProperties properties;
    private final Scheduler writer = Schedulers.newBoundedElastic(1, Integer.MAX_VALUE, "event-writer");
    /** What is accepted and not settled yet, which is bounded; a part of it is still in the queue. */
    private final AtomicInteger waiting = new AtomicInteger();
    private final Queue<Write> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    public EventWriter(
        ProducerFactory<String, byte[]> producers,
        LogProperties properties,
        MeterRegistry meters
    ) {
        this.producers = producers;
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
        Write write = new Write(new ProducerRecord<>(topic, key, event), new CompletableFuture<>());
        queue.add(write);
        if (scheduled.compareAndSet(false, true)) {
            writer.schedule(this::drain);
        }
        return write.written;
    }

    private void drain() {
        // Before the queue is emptied: who adds something meanwhile has another round made.
        scheduled.set(false);
        for (Write next = queue.poll(); next != null; next = queue.poll()) {
            send(next);
        }
    }

    private void send(Write write) {
        // The factory's one and only, which it makes anew after a failure that ends it; closing it gives it back.
        try (Producer<String, byte[]> producer = producers.createProducer()) {
            producer.send(write.record, (place, failure) -> settle(write, place, failure));
        } catch (RuntimeException refused) {
            // Kafka and Spring have a family of their own each; whatever it was, it is not written.
            settle(write, null, refused);
        }
    }

    private void settle(Write write, @Nullable RecordMetadata place, @Nullable Exception failure) {
        waiting.decrementAndGet();
        if (place != null && failure == null) {
            write.written.complete(place);
            return;
        }
        log.warn("Kafka did not take an event: {}", String.valueOf(failure));
        write.written.completeExceptionally(unavailable());
    }

    private static Unavailable unavailable() {
        return new Unavailable("Events cannot be taken right now.", RETRY_AFTER);
    }

    @PreDestroy
    void stop() {
        writer.dispose();
    }

    private record Write(ProducerRecord<String, byte[]> record, CompletableFuture<RecordMetadata> written) {}
}
