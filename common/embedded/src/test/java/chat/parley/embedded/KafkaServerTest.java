package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerTest {

    private static final TopicPartition PARTITION = new TopicPartition("kept", 0);

    @TempDir
    Path folder;

    @Test
    void keepsWhatItHasAcknowledgedWhenItIsKilled() throws Exception {
        var server = new KafkaServer(Places.in(folder, "kafka"));
        var first = server.start();
        createTopic(server);
        write(server, "before");

        Killing.kill(first);
        var second = server.start();
        write(server, "after");

        assertThat(read(server)).containsExactly("before", "after");
        Killing.stop(second);
    }

    @Test
    void makesNoTopicThatNobodyAskedFor() {
        var server = new KafkaServer(Places.in(folder, "strict"));
        var process = server.start();

        assertThatThrownBy(() -> write(server, "nowhere")).hasMessageContaining("kept");

        Killing.stop(process);
    }

    private static void createTopic(KafkaServer server) throws Exception {
        try (var admin = Admin.create(settings(server))) {
            admin
                .createTopics(List.of(new NewTopic(PARTITION.topic(), Optional.of(1), Optional.empty())))
                .all()
                .get(30, TimeUnit.SECONDS);
        }
    }

    private static void write(KafkaServer server, String word) throws Exception {
        try (
            var producer = new KafkaProducer<>(
                settings(server),
                new StringSerializer(),
                new StringSerializer()
            )
        ) {
            producer.send(new ProducerRecord<>(PARTITION.topic(), word)).get(30, TimeUnit.SECONDS);
        }
    }

    private static List<String> read(KafkaServer server) {
        try (
            var consumer = new KafkaConsumer<>(
                settings(server),
                new StringDeserializer(),
                new StringDeserializer()
            )
        ) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            return consumer
                .poll(Duration.ofSeconds(30))
                .records(PARTITION)
                .stream()
                .map(record -> record.value())
                .toList();
        }
    }

    private static Map<String, Object> settings(KafkaServer server) {
        return Map.of("bootstrap.servers", server.environment().get("PARLEY_KAFKA"), "max.block.ms", 8_000);
    }
}
