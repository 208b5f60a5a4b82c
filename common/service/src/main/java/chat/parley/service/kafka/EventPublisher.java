package chat.parley.service.kafka;

import chat.parley.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.utils.Utils;
import org.springframework.kafka.core.KafkaTemplate;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Writes events to Kafka, acknowledged by all replicas in sync. */
public final class EventPublisher {

    private final KafkaTemplate<String, byte[]> kafka;
    private final Scheduler scheduler;

    /**
     * @param scheduler where the producer may block: it does so while it knows no broker, or has its buffer full
     */
    public EventPublisher(KafkaTemplate<String, byte[]> kafka, Scheduler scheduler) {
        this.kafka = kafka;
        this.scheduler = scheduler;
    }

    /**
     * Completes when Kafka has the record. Two records of one partition key lie in the order of their publishing if
     * the second is not published before the first has completed.
     *
     * @param key the record's key
     * @param partitionKey what the partition is chosen by
     * @param headers ASCII texts
     */
    public Mono<Void> publish(
        Topic topic,
        String key,
        String partitionKey,
        byte[] value,
        Map<String, String> headers
    ) {
        return publish(List.of(new Outgoing(topic, key, partitionKey, value, headers)));
    }

    /**
     * Completes when Kafka has all of them. Those of one partition key lie in the order of the list; after a failure
     * any of them may lie there.
     */
    public Mono<Void> publish(List<Outgoing> records) {
        return Mono.fromCallable(() -> sendAll(records))
            .flatMap(Mono::fromFuture)
            .subscribeOn(scheduler)
            .then();
    }

    private CompletableFuture<Void> sendAll(List<Outgoing> records) {
        // On one thread, one after the other: so the producer keeps them, whatever it has to send again.
        return CompletableFuture.allOf(
            records
                .stream()
                .map(record -> kafka.send(recordOf(record)))
                .toArray(CompletableFuture<?>[]::new)
        );
    }

    private ProducerRecord<String, byte[]> recordOf(Outgoing record) {
        String topic = record.topic.wireName();
        int partitions = kafka.partitionsFor(topic).size();
        int hash = Utils.murmur2(record.partitionKey.getBytes(StandardCharsets.UTF_8));
        int partition = Utils.toPositive(hash) % partitions;
        return new ProducerRecord<>(topic, partition, record.key, record.value, headersOf(record.headers));
    }

    private static List<Header> headersOf(Map<String, String> headers) {
        return headers
            .entrySet()
            .stream()
            .<Header>map(header ->
                new RecordHeader(header.getKey(), header.getValue().getBytes(StandardCharsets.US_ASCII))
            )
            .toList();
    }

    /**
     * An event on its way.
     *
     * @param key the record's key
     * @param partitionKey what the partition is chosen by
     * @param headers ASCII texts
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares or keeps these.
    public record Outgoing(
        Topic topic,
        String key,
        String partitionKey,
        byte[] value,
        Map<String, String> headers
    ) {}
}
