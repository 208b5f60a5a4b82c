package chat.parley.realtime.channels.log;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverRecord;
import reactor.util.retry.Retry;

/**
 * Reads a topic together with the other nodes, each of its records on one of them, and lets records be finished in
 * any order: one that takes long keeps none waiting. What a node has not finished when it dies, another reads again.
 * Beside {@link EventLog} the only place that knows reactor-kafka.
 */
@Component
public final class GroupReader {

    private static final Logger log = LoggerFactory.getLogger(GroupReader.class);

    /** What is finished beyond one that takes long; with so many, none are read until that one is finished. */
    private static final int MAX_FINISHED_AHEAD = 10_000;
    /** When partitions move to another node, it need not do again what is nearly done here. */
    private static final Duration HANDING_OVER = Duration.ofSeconds(6);

    private final ConsumerFactory<String, byte[]> consumers;
    private final LogProperties properties;

    GroupReader(ConsumerFactory<String, byte[]> consumers, LogProperties properties) {
        this.consumers = consumers;
        this.properties = properties;
    }

    /**
     * Reads for as long as it is subscribed to, from where the group has got to.
     *
     * @param before has each record wait in the topic's order, such as for its time
     * @param digestion of one record, which is finished when that completes; it must not fail
     * @param atOnce how many records are digested at a time
     */
    public Flux<Void> read(
        String topic,
        String group,
        Function<ConsumerRecord<String, byte[]>, Mono<Void>> before,
        Function<ConsumerRecord<String, byte[]>, Mono<Void>> digestion,
        int atOnce
    ) {
        return Flux.defer(() -> KafkaReceiver.create(options(topic, group)).receive())
            .concatMap(record -> before.apply(record).thenReturn(record), 1)
            .flatMap(record -> digest(record, digestion), atOnce, 1)
            .doOnError(failure -> log.warn("{} cannot be read right now: {}", topic, failure.toString()))
            .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, properties.retryAfter()));
    }

    private static Mono<Void> digest(
        ReceiverRecord<String, byte[]> record,
        Function<ConsumerRecord<String, byte[]>, Mono<Void>> digestion
    ) {
        return digestion.apply(record).then(Mono.fromRunnable(record.receiverOffset()::acknowledge));
    }

    private ReceiverOptions<String, byte[]> options(String topic, String group) {
        Map<String, Object> common = consumers.getConfigurationProperties();
        return ReceiverOptions.<String, byte[]>create(common)
            .consumerProperty(ConsumerConfig.GROUP_ID_CONFIG, group)
            .consumerProperty(ConsumerConfig.CLIENT_ID_CONFIG, group + "-" + topic)
            .consumerProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")
            .consumerProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 50)
            .consumerProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 << 20)
            .consumerProperty(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000)
            .consumerProperty(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000)
            .commitInterval(Duration.ofSeconds(1))
            .maxDeferredCommits(MAX_FINISHED_AHEAD)
            .maxDelayRebalance(HANDING_OVER)
            .subscription(Set.of(topic));
    }
}
