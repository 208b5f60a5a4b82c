package chat.parley.service.kafka;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the suite's topics are made, should they not exist yet.
 *
 * @param partitions how many consumers of one group can share a topic
 * @param replicas on how many brokers each partition lies
 */
@ConfigurationProperties("parley.kafka")
public record TopicsProperties(@DefaultValue("12") int partitions, @DefaultValue("1") short replicas) {}
