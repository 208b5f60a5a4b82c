package chat.parley.message;

import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.TestServers;
import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClients;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.bson.RawBsonDocument;
import org.springframework.kafka.core.ConsumerFactory;
import reactor.core.publisher.Flux;

/** What whoever takes the disks has in hand. */
final class StoredBytes {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);

    private StoredBytes() {}

    /** The database that services under test share. */
    static List<byte[]> inDatabase() {
        return inDatabase(uri().getDatabase());
    }

    /** Every document of every collection. */
    static List<byte[]> inDatabase(String name) {
        try (var client = MongoClients.create(uri())) {
            var database = client.getDatabase(name);
            return Flux.from(database.listCollectionNames())
                .concatMap(collection -> database.getCollection(collection, RawBsonDocument.class).find())
                .map(StoredBytes::bytes)
                .collectList()
                .block(PATIENCE);
        }
    }

    private static ConnectionString uri() {
        return new ConnectionString(TestServers.environment(Server.MONGODB).get("PARLEY_MONGODB_URI"));
    }

    private static byte[] bytes(RawBsonDocument document) {
        var buffer = document.getByteBuffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** Every record of every topic. */
    static List<byte[]> onKafka(ConsumerFactory<String, byte[]> consumers) {
        try (var consumer = consumers.createConsumer(null, "bytes")) {
            List<TopicPartition> partitions = consumer
                .listTopics()
                .values()
                .stream()
                .flatMap(List::stream)
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<byte[]> all = new ArrayList<>();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("Kafka does not give all that it has");
                }
                consumer.poll(POLL).forEach(record -> all.add(bytes(record)));
            }
            return all;
        }
    }

    private static byte[] bytes(ConsumerRecord<String, byte[]> record) {
        var all = new ByteArrayOutputStream();
        if (record.key() != null) {
            all.writeBytes(record.key().getBytes(StandardCharsets.UTF_8));
        }
        record.headers().forEach(header -> all.writeBytes(header.value()));
        if (record.value() != null) {
            all.writeBytes(record.value());
        }
        return all.toByteArray();
    }
}
