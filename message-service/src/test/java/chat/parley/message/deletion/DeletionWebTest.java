package chat.parley.message.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaStatus;
import chat.parley.contracts.message.MessageEvent.MessageDeleted;
import chat.parley.contracts.room.Role;
import chat.parley.message.HeardEvents;
import chat.parley.message.MessageWebTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

class DeletionWebTest extends MessageWebTest {

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Test
    void leavesOnlyThePlace() {
        var file = MEDIA.upload(bert, MediaStatus.READY);
        var message = posted(bert, Map.of("content", "@anna oops", "attachment_ids", List.of(file)));

        delete(bert, message).expectStatus().isNoContent();

        var left = read(anna, message);
        assertThat(left.get("content").asString()).isEmpty();
        assertThat(left.get("attachments")).isEmpty();
        assertThat(left.get("mentions")).isEmpty();
        assertThat(left.get("reactions")).isEmpty();
        assertThat(left.get("seq").asLong()).isEqualTo(1);
        assertThat(left.get("user_id").asString()).isEqualTo(bert.toString());
        assertThat(left.get("deleted_at").isNull()).isFalse();
        assertThat(posted(anna, "next").get("seq").asLong()).isEqualTo(2);
    }

    @Test
    void isToldOnceHoweverOftenItIsAsked() {
        try (var heard = new HeardEvents(consumers, room)) {
            var message = posted(bert, "oops");
            delete(anna, message).expectStatus().isNoContent();
            delete(bert, message).expectStatus().isNoContent();
            posted(bert, "after");

            var events = heard.first(3);

            assertThat(events).hasSize(3);
            assertThat(events.get(1)).isInstanceOfSatisfying(MessageDeleted.class, event -> {
                assertThat(event.userId()).isEqualTo(anna);
                assertThat(event.seq()).isEqualTo(1);
                assertThat(event.messageId().toString()).isEqualTo(message.get("id").asString());
            });
        }
    }

    @Test
    void isForTheAuthorAndAdminsOnly() {
        var carl = rooms.user("carl");
        rooms.join(room, carl, Role.MEMBER);
        var message = posted(bert, "mine");
        var stranger = rooms.user("stranger");

        assertProblem(delete(carl, message), HttpStatus.FORBIDDEN, "forbidden");
        assertProblem(delete(stranger, message), HttpStatus.NOT_FOUND, "not_found");
        delete(anna, message).expectStatus().isNoContent();
        assertProblem(delete(carl, message), HttpStatus.FORBIDDEN, "forbidden");
    }

    @Test
    void leavesNothingToEdit() {
        var message = posted(anna, "oops");
        delete(anna, message).expectStatus().isNoContent();

        var answer = as(anna)
            .put()
            .uri("/api/chat/messages/{id}", message.get("id").asString())
            .bodyValue(Map.of("content", "back"))
            .exchange();

        assertProblem(answer, HttpStatus.GONE, "gone");
    }

    @Test
    void letsTheThreadGoOn() {
        var message = posted(anna, "question");
        delete(anna, message).expectStatus().isNoContent();

        posted(bert, Map.of("content", "answer", "parent_id", message.get("id").asString()));

        assertThat(read(anna, message).get("reply_count").asInt()).isEqualTo(1);
    }

    private ResponseSpec delete(UserId user, JsonNode message) {
        return as(user).delete().uri("/api/chat/messages/{id}", message.get("id").asString()).exchange();
    }

    private JsonNode read(UserId user, JsonNode message) {
        return json(get(user, "/api/chat/messages/{id}", message.get("id").asString()).expectStatus().isOk());
    }
}
