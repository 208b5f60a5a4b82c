package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MediaId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.json.WireJson;
import chat.parley.contracts.media.MediaMetadata;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.media.MediaStatus;
import chat.parley.service.security.ServiceTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.core.ConsumerFactory;
import tools.jackson.databind.JsonNode;

/** The stored bytes of a room, searched for any of its words. */
@ExtendWith(OutputCaptureExtension.class)
class StoredBytesWebTest extends MessageWebTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Words words = new Words();

    @Autowired
    private ConsumerFactory<String, byte[]> consumers;

    @Autowired
    private ServiceTokens services;

    @Autowired
    private Store store;

    @Test
    void noWordThatWasEverSaidInARoomIsOnDiskOnKafkaOrInTheLogs(CapturedOutput log) {
        try (var heard = new HeardEvents(consumers, room)) {
            var first = posted(anna, words.some());
            posted(bert, Map.of("content", words.some(), "parent_id", idOf(first)));
            var file = MEDIA.upload(anna, MediaStatus.READY, words.one() + ".pdf");
            posted(anna, Map.of("content", words.some(), "attachment_ids", List.of(file)));
            var shown = List.copyOf(words.all());
            edit(first, shown.getFirst() + " " + words.some());
            react(posted(bert, shown.get(1) + " @anna"));
            delete(posted(anna, words.some()));
            bring(words.some());
            refusals();
            heard.first(8);

            // Who may read them reads them: the same search finds them there.
            assertThat(words.in(history().getBytes(StandardCharsets.UTF_8))).containsAll(
                shown.subList(3, 10)
            );
            assertThat(json(get(anna, "/api/chat/search?q={word}", shown.get(3))).get("data")).hasSize(1);
        }
        LoggerFactory.getLogger(getClass()).info("{} was here", room);

        List<byte[]> disk = StoredBytes.inDatabase();
        List<byte[]> kafka = StoredBytes.onKafka(consumers);
        byte[] logged = log.getAll().getBytes(StandardCharsets.UTF_8);

        // It is about this room.
        assertThat(disk).anyMatch(this::isOfTheRoom);
        assertThat(kafka).anyMatch(this::isOfTheRoom);
        assertThat(logged).matches(this::isOfTheRoom);
        assertThat(disk).as("on disk, %s", words).allSatisfy(this::assertSilent);
        assertThat(kafka).as("on Kafka, %s", words).allSatisfy(this::assertSilent);
        assertThat(words.in(logged)).as("in the logs, %s", words).isEmpty();
    }

    /** What nobody wants to hear may be quoted when it is refused. */
    private void refusals() {
        post(anna, room, Map.of("content", (words.one() + " ").repeat(2_000)))
            .expectStatus()
            .is4xxClientError();
        post(anna, room, Map.of("content", words.some(), "parent_id", words.one()))
            .expectStatus()
            .is4xxClientError();
        postRaw(anna, "{\"content\": [\"%s\"]}".formatted(words.some())).expectStatus().is4xxClientError();
        postRaw(anna, "{\"content\": %s}".formatted(words.one())).expectStatus().is4xxClientError();
        postRaw(anna, "{\"content\": \"%s".formatted(words.one())).expectStatus().is4xxClientError();
        MEDIA.fail(true);
        var file = MEDIA.upload(anna, MediaStatus.READY, words.one() + ".pdf");
        post(anna, room, Map.of("content", words.some(), "attachment_ids", List.of(file)))
            .expectStatus()
            .is5xxServerError();
        MEDIA.fail(false);
        get(anna, "/api/chat/search?q=\"{word}", words.one());
        get(anna, "/api/chat/search?q={q}&sort={s}&room_id={r}", words.one(), words.one(), words.one());
    }

    /** So can the test fail: that is how pages were before messages were sealed. */
    @Test
    void thatSearchFindsTheWordsOfAPageFromBeforeMessagesWereSealed() {
        var id = new PageId(room, 0);
        var unsealed = unsealed(words.some(), words.one() + ".pdf");
        store.one(Pages.COLLECTION, pages -> pages.insertOne(page(id, unsealed))).block(PATIENCE);

        assertThat(wordsOnDisk()).containsExactlyInAnyOrderElementsOf(words.all());

        JsonNode message = json(get(bert, "/api/chat/rooms/{room}/messages", room)).get("data").get(0);
        assertThat(words.in(message.toString().getBytes(StandardCharsets.UTF_8))).hasSize(4);
        edit(message, words.some());
        assertThat(wordsOnDisk()).isEmpty();
    }

    private Set<String> wordsOnDisk() {
        var all = StoredBytes.inDatabase();
        return all
            .stream()
            .flatMap(document -> words.in(document).stream())
            .collect(Collectors.toSet());
    }

    private static Document page(PageId id, Document message) {
        return new Document(PageDocument.ID, id.toString())
            .append(PageDocument.VERSION, 1L)
            .append(PageDocument.MESSAGES, List.of(message))
            .append(PageDocument.THREADS, new Document())
            .append(PageDocument.OUTBOX, new Document());
    }

    private Document unsealed(String content, String name) {
        return new Document("seq", 1L)
            .append("event", EventId.random().value())
            .append("author", anna.value())
            .append("type", "FILE")
            .append("at", Date.from(Instant.parse("2026-01-02T03:04:05Z")))
            .append(PageDocument.UNSEALED, content)
            .append("attachments", List.of(attachment(name)));
    }

    private static Document attachment(String name) {
        var file = new MediaSnapshot(
            MediaId.random(),
            "/media/x",
            "/media/x",
            name,
            "application/pdf",
            5,
            MediaStatus.READY,
            MediaMetadata.NONE
        );
        return Document.parse(WireJson.mapper().writeValueAsString(file));
    }

    private void assertSilent(byte[] bytes) {
        assertThat(words.in(bytes)).isEmpty();
    }

    private boolean isOfTheRoom(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(room.toString());
    }

    private static MessageId idOf(JsonNode message) {
        return MessageId.of(message.get("id").asString());
    }

    private void edit(JsonNode message, String content) {
        as(anna)
            .put()
            .uri("/api/chat/messages/{id}", idOf(message))
            .bodyValue(Map.of("content", content))
            .exchange()
            .expectStatus()
            .isOk();
    }

    private void react(JsonNode message) {
        as(anna)
            .post()
            .uri("/api/chat/messages/{id}/reactions", idOf(message))
            .bodyValue(Map.of("reaction_type", "👍"))
            .exchange()
            .expectStatus()
            .isOk();
    }

    private void delete(JsonNode message) {
        as(anna)
            .delete()
            .uri("/api/chat/messages/{id}", idOf(message))
            .exchange()
            .expectStatus()
            .isNoContent();
    }

    private void bring(String content) {
        Map<String, Object> message = new HashMap<>(Map.of("user_id", bert, "content", content));
        message.putAll(Map.of("position", 0, "at", "2004-11-15T12:18:00Z", "deleted", false));
        withToken(services.current())
            .post()
            .uri("/internal/imports/irc/rooms/{room}/messages", room)
            .bodyValue(Map.of("actor_id", anna, "messages", List.of(message)))
            .exchange()
            .expectStatus()
            .isOk();
    }

    private String history() {
        return json(get(bert, "/api/chat/rooms/{room}/messages", room)).toString();
    }
}
