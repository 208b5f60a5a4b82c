package chat.parley.message.editing;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaStatus;
import chat.parley.contracts.message.MessageEvent.MessageUpdated;
import chat.parley.contracts.room.Role;
import chat.parley.message.HeardEvents;
import chat.parley.message.MessageWebTest;
import chat.parley.message.TestKeys;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

class EditingWebTest extends MessageWebTest {

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Test
    void showsTheEditToEverybodyAndKeepsThePlace() {
        var message = posted(anna, "helo");
        posted(bert, "between");

        var edited = json(edit(anna, message, "hello").expectStatus().isOk());

        assertThat(edited.get("content").asString()).isEqualTo("hello");
        assertThat(edited.get("seq").asLong()).isEqualTo(1);
        assertThat(edited.get("created_at")).isEqualTo(message.get("created_at"));
        assertThat(edited.get("edited_at")).isEqualTo(edited.get("updated_at"));
        assertThat(edited.get("updated_at").asString()).isGreaterThan(message.get("created_at").asString());
        assertThat(read(bert, message)).isEqualTo(edited);
    }

    @Test
    void tellsOfTheEditBehindTheMessageAndOfNoneThatChangesNothing() {
        try (var heard = new HeardEvents(consumers, room)) {
            var message = posted(anna, "one");
            edit(anna, message, "two").expectStatus().isOk();
            edit(anna, message, "two").expectStatus().isOk();
            edit(anna, message, "three").expectStatus().isOk();

            var events = heard.first(3);

            assertThat(events).hasSize(3);
            assertThat(events.subList(1, 3))
                .map(MessageUpdated.class::cast)
                .extracting(event -> TestKeys.FIXED.open(event.message()).content())
                .containsExactly("two", "three");
        }
    }

    @Test
    void mentionsOnlyWhoWasNotMentionedBefore() {
        var carl = rooms.user("carl");
        rooms.join(room, carl, Role.MEMBER);
        try (var heard = new HeardEvents(consumers, room)) {
            var message = posted(anna, "hi @bert");

            var edited = json(edit(anna, message, "hi @bert and @carl").expectStatus().isOk());

            assertThat(edited.get("mentions").valueStream().map(JsonNode::asString)).containsExactly(
                bert.toString(),
                carl.toString()
            );
            assertThat(heard.first(2).get(1)).isInstanceOfSatisfying(MessageUpdated.class, event ->
                assertThat(event.mentioned()).containsExactly(carl)
            );
            assertThat(heard.mentionedBy(1)).containsExactly(carl.toString());
        }
    }

    @Test
    void keepsTheRulesOfSending() {
        var message = posted(anna, "x");

        assertProblem(edit(anna, message, " "), HttpStatus.UNPROCESSABLE_CONTENT, "validation_failed");
        assertProblem(edit(anna, message, "a\u0000"), HttpStatus.UNPROCESSABLE_CONTENT, "validation_failed");
        assertProblem(
            edit(anna, message, "x".repeat(8_001)),
            HttpStatus.UNPROCESSABLE_CONTENT,
            "validation_failed"
        );
        assertProblem(put(anna, message, Map.of()), HttpStatus.UNPROCESSABLE_CONTENT, "validation_failed");
        var decomposed = Normalizer.normalize("é", Normalizer.Form.NFD);
        assertThat(json(edit(anna, message, decomposed)).get("content").asString()).isEqualTo("é");
        assertThat(json(edit(anna, message, "😀".repeat(8_000))).get("content").asString()).hasSize(16_000);
    }

    @Test
    void letsWordsGoWhereAFileStays() {
        var file = MEDIA.upload(anna, MediaStatus.READY);
        var message = posted(anna, Map.of("content", "look", "attachment_ids", List.of(file)));

        var edited = json(edit(anna, message, "").expectStatus().isOk());

        assertThat(edited.get("content").asString()).isEmpty();
        assertThat(edited.get("attachments").get(0).get("id").asString()).isEqualTo(file.toString());
    }

    @Test
    void isForTheAuthorAlone() {
        var message = posted(bert, "mine");
        var stranger = rooms.user("stranger");

        assertProblem(edit(anna, message, "ours"), HttpStatus.FORBIDDEN, "forbidden");
        assertProblem(edit(stranger, message, "x"), HttpStatus.NOT_FOUND, "not_found");
        assertThat(read(anna, message).get("content").asString()).isEqualTo("mine");
    }

    @Test
    void knowsNoMessageThatIsNotThere() {
        var message = posted(anna, "only one");
        var second = message.get("id").asString().replaceAll("\\.1$", ".2");

        var answer = as(anna)
            .put()
            .uri("/api/chat/messages/{id}", second)
            .bodyValue(Map.of("content", "x"))
            .exchange();

        assertProblem(answer, HttpStatus.NOT_FOUND, "not_found");
    }

    @Test
    void editsWhatLiesFarBack() {
        var message = posted(anna, "old");
        for (int i = 0; i < 70; i++) {
            posted(anna, "m" + i);
        }

        edit(anna, message, "new").expectStatus().isOk();

        assertThat(read(bert, message).get("content").asString()).isEqualTo("new");
        assertThat(posted(anna, "goes on").get("seq").asLong()).isEqualTo(72);
    }

    private ResponseSpec edit(UserId user, JsonNode message, String content) {
        return put(user, message, Map.of("content", content));
    }

    private ResponseSpec put(UserId user, JsonNode message, Map<String, ?> body) {
        return as(user)
            .put()
            .uri("/api/chat/messages/{id}", message.get("id").asString())
            .bodyValue(body)
            .exchange();
    }

    private JsonNode read(UserId user, JsonNode message) {
        return json(get(user, "/api/chat/messages/{id}", message.get("id").asString()).expectStatus().isOk());
    }
}
