package chat.parley.realtime.channels.log;

import chat.parley.contracts.Topic;
import chat.parley.service.LeavesTheChain;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverPartition;
import reactor.kafka.receiver.ReceiverRecord;
import reactor.util.retry.Retry;

/**
 * Reads all of the suite's events that end at sockets, on every node for itself: every partition, without a group,
 * from where each topic ends when the node starts. Beside {@link GroupReader} the only place that knows
 * reactor-kafka.
 */
@Component("eventLog")
public final class EventLog implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(EventLog.class);

    private final ConsumerFactory<String, byte[]> consumers;
    private final LogProperties properties;
    private final MeterRegistry meters;
    private final Map<String, RecordReader> readers;
    /** Where to go on, so that a broken connection costs no event. */
    private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();
    /** Of these, what is being read. */
    private final Set<TopicPartition> assigned = ConcurrentHashMap.newKeySet();
    private final Scheduler thread;
    private volatile boolean hearing;
    private @Nullable Disposable reading;

    EventLog(
        ConsumerFactory<String, byte[]> consumers,
        LogProperties properties,
        MeterRegistry meters,
        List<RecordReader> readers,
        Scheduler eventThread
    ) {
        this.consumers = consumers;
        this.properties = properties;
        this.meters = meters;
        this.readers = readers
            .stream()
            .collect(Collectors.toUnmodifiableMap(reader -> reader.topic().wireName(), Function.identity()));
        this.thread = eventThread;
    }

    @Override
    @LeavesTheChain("Reads as long as the node runs; stop() ends it")
    public synchronized void start() {
        reading = Mono.fromCallable(this::ends)
            .subscribeOn(Schedulers.boundedElastic())
            .doOnNext(this::begin)
            .thenMany(Flux.defer(this::records))
            // Before the retry: whatever a record does to its reader, the node goes on hearing, behind it.
            .doOnNext(this::read)
            .doOnError(failure -> log.warn("Events cannot be heard right now: {}", failure.toString()))
            .doOnError(_ -> hearing = false)
            .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, properties.retryAfter()))
            .subscribe();
    }

    /** Only of partitions that have not been read from yet. */
    private Map<TopicPartition, Long> ends() {
        try (Consumer<String, byte[]> consumer = consumers.createConsumer(null, "event-log-ends")) {
            List<TopicPartition> unread = readers
                .keySet()
                .stream()
                .flatMap(topic -> partitions(consumer, topic).stream())
                .filter(partition -> !next.containsKey(partition))
                .toList();
            return consumer.endOffsets(unread, properties.lookUpTimeout());
        }
    }

    private void begin(Map<TopicPartition, Long> ends) {
        next.putAll(ends);
        ends.forEach((partition, end) -> {
            RecordReader reader = readers.get(partition.topic());
            if (reader != null) {
                reader.begin(partition.partition(), end);
            }
        });
    }

    private List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        List<TopicPartition> partitions = consumer
            .partitionsFor(topic, properties.lookUpTimeout())
            .stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("there is no topic " + topic + " yet");
        }
        return partitions;
    }

    /**
     * What sockets tell each other is read by a consumer of its own: a request for more names every partition that its
     * consumer reads, and there are more of these requests than of all others.
     */
    private Flux<ReceiverRecord<String, byte[]>> records() {
        assigned.clear();
        Map<Boolean, List<TopicPartition>> published = next
            .keySet()
            .stream()
            .collect(Collectors.partitioningBy(EventLog::isBroadcast));
        return Flux.fromIterable(published.values())
            .filter(partitions -> !partitions.isEmpty())
            .flatMap(this::records);
    }

    private static boolean isBroadcast(TopicPartition partition) {
        return partition.topic().equals(Topic.BROADCAST.wireName());
    }

    private Flux<ReceiverRecord<String, byte[]>> records(List<TopicPartition> partitions) {
        ReceiverOptions<String, byte[]> options = ReceiverOptions.<String, byte[]>create(
            consumers.getConfigurationProperties()
        )
            // Nothing is committed: a node that starts anew has no sockets that could have missed anything.
            .consumerProperty(ConsumerConfig.GROUP_ID_CONFIG, "realtime-unused")
            .consumerProperty(
                ConsumerConfig.CLIENT_ID_CONFIG,
                isBroadcast(partitions.getFirst()) ? "event-log-broadcast" : "event-log"
            )
            .consumerProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100)
            .assignment(partitions)
            .addAssignListener(this::goOn);
        return KafkaReceiver.create(options).receive().publishOn(thread);
    }

    private void goOn(Collection<ReceiverPartition> partitions) {
        partitions.forEach(partition -> partition.seek(next.getOrDefault(partition.topicPartition(), 0L)));
        partitions.forEach(partition -> assigned.add(partition.topicPartition()));
        hearing = assigned.containsAll(next.keySet());
        log.info("Hearing {} partitions", partitions.size());
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        RecordReader reader = readers.get(record.topic());
        if (reader == null || record.key() == null || record.value() == null) {
            return;
        }
        try {
            reader.read(record);
        } catch (RuntimeException poison) {
            // Sockets get what is readable; nobody else waits for this record here, so it needs no dead letter.
            meters.counter("parley.log.unreadable", "topic", record.topic()).increment();
            log.warn("Skipped record {}-{}@{}", record.topic(), record.partition(), record.offset(), poison);
        }
    }

    @Override
    public Health health() {
        return (hearing ? Health.up() : Health.down()).build();
    }

    @Override
    public synchronized void stop() {
        hearing = false;
        if (reading != null) {
            reading.dispose();
            reading = null;
        }
    }

    /** Before the web server's: sockets hear from the first moment to the last. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public synchronized boolean isRunning() {
        return reading != null;
    }
}
