package chat.parley.message.receipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.Topic;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageRead;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.message.MessageWebTest;
import chat.parley.message.TestKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What is told on Kafka, as another service hears it. */
class ReceiptsWebTest extends MessageWebTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    private final List<ConsumerRecord<String, byte[]>> heard = new ArrayList<>();
    private Consumer<String, byte[]> consumer;

    @BeforeEach
    void listen() {
        consumer = consumers.createConsumer(null, "test");
        var partitions = consumer
            .partitionsFor(Topic.MESSAGES.wireName())
            .stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    @AfterEach
    void hangUp() {
        consumer.close();
    }

    @Test
    void tellsThatAMessageHasBeenRead() {
        var message = posted(anna, "hi");

        read(bert, message.get("id").asString(), "12.34").expectStatus().isNoContent();

        hear(2);
        assertThat(event(1)).isInstanceOfSatisfying(MessageRead.class, event -> {
            assertThat(event.userId()).isEqualTo(bert);
            assertThat(event.seq()).isEqualTo(1);
            assertThat(event.messageId().toString()).isEqualTo(message.get("id").asString());
            assertThat(event.socketId()).isEqualTo("12.34");
        });
    }

    @Test
    void tellsOfAMessageAsItsAuthorSawIt() {
        var message = posted(anna, "hi @bert");

        hear(1);
        assertThat(event(0)).isInstanceOfSatisfying(MessageSent.class, event -> {
            assertThat(event.message().id().toString()).isEqualTo(message.get("id").asString());
            assertThat(TestKeys.FIXED.open(event.message()).content()).isEqualTo("hi @bert");
            assertThat(event.socketId()).isNull();
        });
        assertThat(heard.getFirst().headers().lastHeader(MessageEvent.MENTIONS_HEADER).value())
            .asString()
            .isEqualTo(bert.toString());
    }

    @Test
    void passesOnOnlySocketsThatCanBe() {
        var body = Map.of("content", "x");
        for (String socket : List.of("1.2", "<script>", "1.2.3")) {
            as(anna)
                .post()
                .uri("/api/chat/rooms/{room}/messages", room)
                .header("X-Socket-Id", socket)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isCreated();
        }

        hear(3);
        assertThat(heard.stream().map(record -> ((MessageSent) read(record)).socketId())).containsExactly(
            "1.2",
            null,
            null
        );
    }

    @Test
    void knowsNoMessageThatIsNotThereOrNotTheCallersToSee() {
        var message = posted(anna, "hi").get("id").asString();
        var carl = rooms.user("carl");

        assertProblem(read(carl, message, null), HttpStatus.NOT_FOUND, "not_found");
        assertProblem(read(anna, message + "zz", null), HttpStatus.NOT_FOUND, "not_found");
        assertProblem(read(anna, "nonsense", null), HttpStatus.NOT_FOUND, "not_found");
    }

    private ResponseSpec read(UserId user, String message, String socket) {
        return as(user)
            .post()
            .uri("/api/chat/messages/{id}/read", message)
            .headers(headers -> headers.set("X-Socket-Id", socket))
            .exchange();
    }

    private void hear(int events) {
        await()
            .atMost(PATIENCE)
            .until(() -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(record -> {
                        if (room.toString().equals(record.key())) {
                            heard.add(record);
                        }
                    });
                return heard.size() >= events;
            });
    }

    private MessageEvent event(int index) {
        return read(heard.get(index));
    }

    private static MessageEvent read(ConsumerRecord<String, byte[]> record) {
        return EventCodec.of(MessageEvent.class).read(record.value()).orElseThrow();
    }
}
