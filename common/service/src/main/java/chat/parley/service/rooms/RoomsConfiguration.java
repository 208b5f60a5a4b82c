package chat.parley.service.rooms;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.UserId;
import chat.parley.service.kafka.KafkaConfiguration;
import chat.parley.service.kafka.TopicTail;
import chat.parley.service.security.Identities;
import chat.parley.service.security.SecurityConfiguration;
import chat.parley.service.security.ServiceTokens;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.web.reactive.function.client.WebClient;

/** Access to rooms and members for every service that sets {@code parley.rooms.url}. */
@AutoConfiguration(after = { SecurityConfiguration.class, KafkaConfiguration.class })
@ConditionalOnProperty("parley.rooms.url")
@EnableConfigurationProperties(RoomsProperties.class)
public class RoomsConfiguration {

    private static final Logger log = LoggerFactory.getLogger(RoomsConfiguration.class);

    @Bean
    RoomsClient roomsClient(
        WebClient.Builder http,
        RoomsProperties properties,
        ServiceTokens tokens,
        MeterRegistry meters
    ) {
        return new RoomsClient(
            http.baseUrl(properties.url().toString()).build(),
            tokens,
            new RoomsBreaker(properties, meters)
        );
    }

    @Bean
    Identities accountsOfOutsiders(RoomsClient rooms) {
        return rooms::identify;
    }

    @Bean
    Memberships memberships(RoomsClient rooms, RoomsProperties properties, MeterRegistry meters) {
        return new Memberships(rooms, properties, meters);
    }

    @Bean
    TopicTail membershipChanges(ConsumerFactory<String, byte[]> consumers, Memberships memberships) {
        return new TopicTail(
            Topic.ROOMS,
            consumers,
            record -> forget(record, memberships),
            memberships::trust
        );
    }

    /** Whatever the event says, what was remembered is no longer certain: the key alone tells of whom. */
    private static void forget(ConsumerRecord<String, byte[]> record, Memberships memberships) {
        String[] key = String.valueOf(record.key()).split("/", 3);
        try {
            if (key.length == 1) {
                memberships.forget(RoomId.of(key[0]));
            } else if (key.length == 2) {
                memberships.forget(RoomId.of(key[0]), UserId.of(key[1]));
            }
        } catch (IllegalArgumentException notOurs) {
            // Read again and again it would keep those behind it from being heard.
            log.warn("a record of {} has the key {}", Topic.ROOMS.wireName(), record.key());
        }
    }
}
