package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What lies in Kafka's {@code chat.messages}, in the order in which everybody reads it. */
final class RecordedTopic implements AutoCloseable {

    private static final EventCodec<MessageEvent> CODEC = EventCodec.of(MessageEvent.class);
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte[]> kafka = new KafkaConsumer<>(
        Map.of("bootstrap.servers", TestServers.environment(Server.KAFKA).get("PARLEY_KAFKA")),
        new StringDeserializer(),
        new ByteArrayDeserializer()
    );

    List<MessageEvent> of(RoomId room) {
        List<TopicPartition> partitions = kafka
            .partitionsFor(Topic.MESSAGES.wireName())
            .stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
        kafka.assign(partitions);
        kafka.seekToBeginning(partitions);
        var ends = kafka.endOffsets(partitions);
        List<MessageEvent> found = new ArrayList<>();
        while (
            ends
                .entrySet()
                .stream()
                .anyMatch(end -> kafka.position(end.getKey()) < end.getValue())
        ) {
            for (ConsumerRecord<String, byte[]> record : kafka.poll(GLANCE)) {
                if (record.key().equals(room.toString())) {
                    found.add(CODEC.read(record.value()).orElseThrow());
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        kafka.close();
    }
}
