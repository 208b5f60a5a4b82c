package chat.parley.room;

import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.room.RoomEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.springframework.kafka.core.ConsumerFactory;

/** What {@code chat.rooms} holds of one room, read from its beginning. */
final class RoomTopic implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EventCodec<RoomEvent> codec = EventCodec.of(RoomEvent.class);
    private final Consumer<String, byte[]> consumer;
    private final String room;
    private final List<ConsumerRecord<String, byte[]>> heard = new ArrayList<>();

    RoomTopic(ConsumerFactory<String, byte[]> consumers, String room) {
        this.room = room;
        this.consumer = consumers.createConsumer(null, "room-topic-" + room);
        List<TopicPartition> partitions = consumer
            .partitionsFor(Topic.ROOMS.wireName())
            .stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All events of the room so far, as soon as they are as wanted. */
    List<RoomEvent> eventually(Predicate<List<RoomEvent>> wanted) {
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> {
                poll();
                return wanted.test(events());
            });
        return events();
    }

    List<String> keys() {
        return heard.stream().map(ConsumerRecord::key).toList();
    }

    long partitions() {
        return heard.stream().mapToInt(ConsumerRecord::partition).distinct().count();
    }

    private List<RoomEvent> events() {
        return heard
            .stream()
            .map(record -> codec.read(record.value()).orElseThrow())
            .toList();
    }

    private void poll() {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> {
                if (record.key().startsWith(room)) {
                    heard.add(record);
                }
            });
    }

    @Override
    public void close() {
        consumer.close();
    }
}
