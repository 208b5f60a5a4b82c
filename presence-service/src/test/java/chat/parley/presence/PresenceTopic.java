package chat.parley.presence;

import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.presence.PresenceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;

/** What the service has told since this was made. */
final class PresenceTopic implements AutoCloseable {

    private static final EventCodec<PresenceEvent> CODEC = EventCodec.of(PresenceEvent.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Consumer<String, byte[]> consumer;
    private final List<PresenceEvent> heard = new ArrayList<>();

    PresenceTopic(ConsumerFactory<String, byte[]> consumers) {
        this.consumer = consumers.createConsumer(null, "presence-topic");
        List<TopicPartition> partitions = consumer
            .partitionsFor(Topic.PRESENCE.wireName(), PATIENCE)
            .stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** The events of interest, once there are so many of them. */
    List<PresenceEvent> await(int count, Predicate<PresenceEvent> interest) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (matching(interest).size() < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("heard only " + heard);
            }
            poll();
        }
        return matching(interest);
    }

    private void poll() {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> CODEC.read(record.value()).ifPresent(heard::add));
    }

    private List<PresenceEvent> matching(Predicate<PresenceEvent> interest) {
        return heard.stream().filter(interest).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
