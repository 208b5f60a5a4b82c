package chat.parley.message;

import static org.awaitility.Awaitility.await;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.message.MessageEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;

/** What is told on Kafka of one room, as another service hears it. */
public final class HeardEvents implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final RoomId room;
    private final Consumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

    public HeardEvents(ConsumerFactory<String, byte[]> consumers, RoomId room) {
        this.room = room;
        this.consumer = consumers.createConsumer(null, "test");
        var partitions = consumer
            .partitionsFor(Topic.MESSAGES.wireName())
            .stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All of the first {@code count} events, and those that came with them. */
    public List<MessageEvent> first(int count) {
        await()
            .atMost(PATIENCE)
            .until(() -> {
                consumer.poll(POLL).forEach(this::keep);
                return records.size() >= count;
            });
        return records
            .stream()
            .map(record -> EventCodec.of(MessageEvent.class).read(record.value()).orElseThrow())
            .toList();
    }

    private void keep(ConsumerRecord<String, byte[]> record) {
        if (record.key().equals(room.toString())) {
            records.add(record);
        }
    }

    /** Who is named in the header of the event in this place; empty if it has none. */
    public Set<String> mentionedBy(int place) {
        var header = records.get(place).headers().lastHeader(MessageEvent.MENTIONS_HEADER);
        return header == null ? Set.of() : Set.of(new String(header.value()).split(","));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
