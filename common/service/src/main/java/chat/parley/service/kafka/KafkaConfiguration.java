package chat.parley.service.kafka;

import chat.parley.contracts.Topic;
import chat.parley.contracts.json.MalformedEvent;
import chat.parley.service.problem.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The suite's topics, how they are written, and what becomes of a record that cannot be digested. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@EnableConfigurationProperties(TopicsProperties.class)
public class KafkaConfiguration {

    private static final int WRITERS = 2;
    private static final int WAITING_WRITES = 10_000;

    @Bean
    KafkaAdmin.NewTopics parleyTopics(TopicsProperties properties) {
        return new KafkaAdmin.NewTopics(
            Arrays.stream(Topic.values())
                .flatMap(topic -> Stream.of(topicOf(topic, properties), deadLettersOf(topic, properties)))
                .toArray(NewTopic[]::new)
        );
    }

    @Bean
    TopicsCreation topicsCreation(KafkaAdmin admin) {
        return new TopicsCreation(admin);
    }

    private static NewTopic topicOf(Topic topic, TopicsProperties properties) {
        return TopicBuilder.name(topic.wireName())
            .partitions(properties.partitions())
            .replicas(properties.replicas())
            .configs(topic.settings())
            .build();
    }

    private static NewTopic deadLettersOf(Topic topic, TopicsProperties properties) {
        return TopicBuilder.name(topic.deadLetters()).partitions(1).replicas(properties.replicas()).build();
    }

    @Bean(destroyMethod = "dispose")
    Scheduler kafkaWriters() {
        return Schedulers.newBoundedElastic(WRITERS, WAITING_WRITES, "kafka-writer");
    }

    @Bean
    EventPublisher eventPublisher(KafkaTemplate<String, byte[]> kafka, Scheduler kafkaWriters) {
        return new EventPublisher(kafka, kafkaWriters);
    }

    /**
     * A record that fails three times goes to the topic's dead letters and blocks nobody; but as long as a store does
     * not answer it is not the record's fault, and it waits.
     */
    @Bean
    CommonErrorHandler poisonRecords(KafkaTemplate<String, byte[]> kafka, MeterRegistry meters) {
        DeadLetterPublishingRecoverer deadLetters = new DeadLetterPublishingRecoverer(kafka, (record, _) ->
            new TopicPartition(record.topic() + ".dlt", -1)
        );
        DefaultErrorHandler handler = new DefaultErrorHandler(
            (record, cause) -> {
                meters.counter("parley.deadletters", "topic", record.topic()).increment();
                deadLetters.accept(record, null, cause);
            },
            new FixedBackOff(200, 2)
        );
        handler.setBackOffFunction(KafkaConfiguration::patienceFor);
        handler.addNotRetryableExceptions(MalformedEvent.class);
        return handler;
    }

    private static @Nullable BackOff patienceFor(ConsumerRecord<?, ?> record, Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (isOutage(cause)) {
                ExponentialBackOff untilItIsBack = new ExponentialBackOff(200, 2);
                untilItIsBack.setMaxInterval(10_000);
                return untilItIsBack;
            }
        }
        return null;
    }

    private static boolean isOutage(Throwable cause) {
        return (
            cause instanceof TransientDataAccessException ||
            cause instanceof DataAccessResourceFailureException ||
            cause instanceof Unavailable
        );
    }
}
