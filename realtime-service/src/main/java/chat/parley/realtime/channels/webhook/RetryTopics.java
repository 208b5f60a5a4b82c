package chat.parley.realtime.channels.webhook;

import chat.parley.contracts.Topic;
import chat.parley.service.kafka.TopicsProperties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * One topic for each pause between two tries, so that within a topic the records are due in their order. One
 * partition each: whoever waits for a record then waits for the one that is due first.
 */
@Configuration(proxyBeanMethods = false)
class RetryTopics {

    @Bean
    KafkaAdmin.NewTopics webhookRetryTopics(WebhooksProperties properties, TopicsProperties topics) {
        return new KafkaAdmin.NewTopics(
            IntStream.range(0, properties.levels())
                .mapToObj(level -> topic(level, topics))
                .toArray(NewTopic[]::new)
        );
    }

    private static NewTopic topic(int level, TopicsProperties topics) {
        return TopicBuilder.name(nameOf(level))
            .partitions(1)
            .replicas(topics.replicas())
            .configs(Topic.WEBHOOKS.settings())
            .build();
    }

    static String nameOf(int level) {
        return Topic.WEBHOOKS.wireName() + ".retry-" + (level + 1);
    }
}
