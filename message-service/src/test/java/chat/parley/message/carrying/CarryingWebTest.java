package chat.parley.message.carrying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MediaId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.media.MediaEvent;
import chat.parley.contracts.media.MediaEvent.MediaReady;
import chat.parley.contracts.media.MediaStatus;
import chat.parley.contracts.message.MessageEvent.MessageUpdated;
import chat.parley.message.HeardEvents;
import chat.parley.message.MessageWebTest;
import chat.parley.message.TestKeys;
import chat.parley.service.kafka.EventPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.ConsumerFactory;

class CarryingWebTest extends MessageWebTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Autowired
    EventPublisher kafka;

    @Test
    void showsWhatBecomesOfAnUploadOnceOnTheMessageThatCarriesIt() {
        try (var heard = new HeardEvents(consumers, room)) {
            var file = MEDIA.upload(anna, MediaStatus.PROCESSING);
            posted(anna, Map.of("content", "look", "attachment_ids", List.of(file)));
            MEDIA.becomes(file, MediaStatus.READY);

            tell(file, "no event".getBytes(StandardCharsets.UTF_8));
            tell(file, ready(file));
            tell(file, ready(file));

            assertThat(heard.first(2).get(1)).isInstanceOfSatisfying(MessageUpdated.class, event -> {
                var content = TestKeys.FIXED.open(event.message());
                assertThat(content.content()).isEqualTo("look");
                assertThat(content.attachments())
                    .singleElement()
                    .satisfies(shown -> assertThat(shown.status()).isEqualTo(MediaStatus.READY));
                assertThat(event.message().editedAt()).isNull();
            });
            posted(anna, "after");
            assertThat(heard.first(3)).hasSize(3);
        }
    }

    @Test
    void catchesUpWithWhatHappenedWhileTheMessageWasOnItsWay() {
        var file = MEDIA.upload(anna, MediaStatus.PROCESSING);
        MEDIA.becomesAfterLinking(file, MediaStatus.READY);

        var message = posted(anna, Map.of("content", "look", "attachment_ids", List.of(file)));

        assertThat(message.at("/attachments/0/status").asString()).isEqualTo("ready");
    }

    @Test
    void aDeletedMessageGivesItsUploadUp() {
        var file = MEDIA.upload(anna, MediaStatus.READY);
        var message = posted(anna, Map.of("content", "look", "attachment_ids", List.of(file)));
        assertThat(MEDIA.roomsOf(file)).containsExactly(room);

        as(anna)
            .delete()
            .uri("/api/chat/messages/{id}", message.get("id").asString())
            .exchange()
            .expectStatus()
            .isNoContent();

        await()
            .atMost(PATIENCE)
            .until(() -> MEDIA.roomsOf(file).isEmpty());
    }

    private byte[] ready(MediaId file) {
        return EventCodec.of(MediaEvent.class).write(
            new MediaReady(EventId.random(), Instant.now(), file, anna, MEDIA.now(file))
        );
    }

    private void tell(MediaId file, byte[] event) {
        kafka.publish(Topic.MEDIA, file.toString(), file.toString(), event, Map.of()).block(PATIENCE);
    }
}
