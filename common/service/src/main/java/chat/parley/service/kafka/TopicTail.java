package chat.parley.service.kafka;

import chat.parley.contracts.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.TopicPartitionOffset;

/**
 * Reads all of a topic from its end, on this instance for itself alone: without a group, so every instance hears
 * everything and nothing of it stays behind in Kafka. Waits in the background for a broker that is not there yet.
 */
public final class TopicTail implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LOOK_UP = Duration.ofSeconds(5);

    private final Topic topic;
    private final ConsumerFactory<String, byte[]> consumers;
    private final MessageListener<String, byte[]> reader;
    private final Runnable hears;
    private final Perseverance perseverance;
    private @Nullable KafkaMessageListenerContainer<String, byte[]> container;

    /**
     * @param hears called once it is certain that every record written from then on will be read
     */
    public TopicTail(
        Topic topic,
        ConsumerFactory<String, byte[]> consumers,
        MessageListener<String, byte[]> reader,
        Runnable hears
    ) {
        this.topic = topic;
        this.consumers = consumers;
        this.reader = reader;
        this.hears = hears;
        this.perseverance = new Perseverance("tail-" + topic.wireName(), PAUSE, this::follows);
    }

    @Override
    public void start() {
        perseverance.start();
    }

    private boolean follows() {
        List<TopicPartitionOffset> ends = ends();
        if (ends.isEmpty()) {
            return false;
        }
        follow(ends);
        return true;
    }

    /** The topic's present ends, as numbers: a seek "to the end" would be looked up later, and miss what came between. */
    private List<TopicPartitionOffset> ends() {
        try (Consumer<String, byte[]> consumer = consumers.createConsumer(null, "-tail-ends")) {
            List<TopicPartition> partitions = consumer
                .partitionsFor(topic.wireName(), LOOK_UP)
                .stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LOOK_UP);
            return ends
                .entrySet()
                .stream()
                .map(end ->
                    new TopicPartitionOffset(end.getKey().topic(), end.getKey().partition(), end.getValue())
                )
                .toList();
        } catch (KafkaException notThereYet) {
            log.info("{} cannot be read yet: {}", topic.wireName(), notThereYet.toString());
            return List.of();
        }
    }

    private synchronized void follow(List<TopicPartitionOffset> ends) {
        if (!perseverance.isWanted()) {
            return;
        }
        ContainerProperties properties = new ContainerProperties(ends.toArray(TopicPartitionOffset[]::new));
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setMessageListener(reader);
        KafkaMessageListenerContainer<String, byte[]> following = new KafkaMessageListenerContainer<>(
            consumers,
            properties
        );
        following.setBeanName("tail-" + topic.wireName());
        container = following;
        following.start();
        hears.run();
    }

    @Override
    public synchronized void stop() {
        perseverance.stop();
        if (container != null) {
            container.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return perseverance.isWanted();
    }
}
