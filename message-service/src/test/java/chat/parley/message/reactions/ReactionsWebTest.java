package chat.parley.message.reactions;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageEvent.ReactionAdded;
import chat.parley.contracts.message.MessageEvent.ReactionRemoved;
import chat.parley.message.HeardEvents;
import chat.parley.message.MessageWebTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

class ReactionsWebTest extends MessageWebTest {

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Test
    void countsEverybodyOnceInTheOrderOfTheirComing() {
        var message = posted(anna, "party?");

        react(bert, message, "🎉").expectStatus().isOk();
        react(anna, message, "🎉").expectStatus().isOk();
        var reacted = json(react(bert, message, "🎉").expectStatus().isOk());

        assertThat(reacted.get("reactions")).hasSize(1);
        assertThat(reacted.at("/reactions/0/reaction_type").asString()).isEqualTo("🎉");
        assertThat(reacted.at("/reactions/0/count").asInt()).isEqualTo(2);
        assertThat(reacted.at("/reactions/0/user_ids").valueStream().map(JsonNode::asString)).containsExactly(
            bert.toString(),
            anna.toString()
        );
        assertThat(read(anna, message)).isEqualTo(reacted);
        assertThat(reacted.get("edited_at").isNull()).isTrue();
    }

    @Test
    void takesBackWhatIsThereAndNothingElse() {
        var message = posted(anna, "party?");
        react(bert, message, "❤").expectStatus().isOk();

        assertThat(json(takeBack(anna, message, "❤️")).get("reactions")).hasSize(1);
        assertThat(json(takeBack(bert, message, "❤️")).get("reactions")).isEmpty();
        assertThat(json(takeBack(bert, message, "❤️").expectStatus().isOk()).get("reactions")).isEmpty();
    }

    @Test
    void tellsOfWhatChangesAlone() {
        try (var heard = new HeardEvents(consumers, room)) {
            var message = posted(anna, "party?");
            react(bert, message, ":tada:");
            react(bert, message, ":tada:");
            react(anna, message, ":tada:");
            takeBack(bert, message, ":tada:");
            takeBack(bert, message, ":tada:");
            posted(anna, "done");

            var events = heard.first(5);

            assertThat(events).hasSize(5);
            assertThat(events.get(1)).isInstanceOfSatisfying(ReactionAdded.class, event -> {
                assertThat(event.userId()).isEqualTo(bert);
                assertThat(event.reactionType()).isEqualTo(":tada:");
                assertThat(event.count()).isEqualTo(1);
            });
            assertThat(((ReactionAdded) events.get(2)).count()).isEqualTo(2);
            assertThat(events.get(3)).isInstanceOfSatisfying(ReactionRemoved.class, event ->
                assertThat(event.count()).isEqualTo(1)
            );
        }
    }

    @Test
    void hasSpaceForFiftyKinds() {
        var message = posted(anna, "x");
        for (int i = 0; i < 50; i++) {
            react(bert, message, ":k" + i + ":").expectStatus().isOk();
        }

        assertProblem(react(bert, message, ":one_more:"), HttpStatus.CONFLICT, "too_many_reactions");
        react(anna, message, ":k7:").expectStatus().isOk();
        takeBack(bert, message, ":k8:").expectStatus().isOk();
        react(bert, message, ":one_more:").expectStatus().isOk();
    }

    @Test
    void takesOnlyReactions() {
        var message = posted(anna, "x");

        assertProblem(react(bert, message, "hi"), HttpStatus.UNPROCESSABLE_CONTENT, "validation_failed");
        assertProblem(
            as(bert)
                .post()
                .uri("/api/chat/messages/{id}/reactions", message.get("id").asString())
                .bodyValue(Map.of())
                .exchange(),
            HttpStatus.UNPROCESSABLE_CONTENT,
            "validation_failed"
        );
    }

    @Test
    void isForMembersAndForWhatIsThere() {
        var message = posted(anna, "x");
        var stranger = rooms.user("stranger");

        assertProblem(react(stranger, message, "👍"), HttpStatus.NOT_FOUND, "not_found");
        as(anna)
            .delete()
            .uri("/api/chat/messages/{id}", message.get("id").asString())
            .exchange()
            .expectStatus()
            .isNoContent();
        assertProblem(react(bert, message, "👍"), HttpStatus.GONE, "gone");
        assertProblem(takeBack(bert, message, "👍"), HttpStatus.GONE, "gone");
        assertThat(read(anna, message).get("reactions")).isEmpty();
    }

    private ResponseSpec react(UserId user, JsonNode message, String type) {
        return as(user)
            .post()
            .uri("/api/chat/messages/{id}/reactions", message.get("id").asString())
            .bodyValue(Map.of("reaction_type", type))
            .exchange();
    }

    private ResponseSpec takeBack(UserId user, JsonNode message, String type) {
        return as(user)
            .delete()
            .uri("/api/chat/messages/{id}/reactions/{type}", message.get("id").asString(), type)
            .exchange();
    }

    private JsonNode read(UserId user, JsonNode message) {
        return json(get(user, "/api/chat/messages/{id}", message.get("id").asString()).expectStatus().isOk());
    }
}
