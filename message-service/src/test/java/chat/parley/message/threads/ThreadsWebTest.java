package chat.parley.message.threads;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.message.MessageWebTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

class ThreadsWebTest extends MessageWebTest {

    @Test
    void showsRepliesOfTheSamePageAndOfLaterOnesInTheirOrder() {
        var question = posted(anna, "question");
        reply(question, "first");
        posted(bert, "something else");
        for (int i = 0; i < 70; i++) {
            posted(anna, "m" + i);
        }
        var later = reply(question, "second");
        reply(later, "third");

        var replies = replies(question, "");

        assertThat(contents(replies)).containsExactly("first", "second", "third");
        assertThat(replies.get("has_before").asBoolean()).isFalse();
        assertThat(replies.get("has_after").asBoolean()).isFalse();
        var first = json(get(anna, "/api/chat/messages/{id}", question.get("id").asString()));
        assertThat(first.get("reply_count").asInt()).isEqualTo(3);
        assertThat(first.get("last_reply_at")).isEqualTo(replies.at("/data/2/created_at"));
    }

    @Test
    void goesOnWhereItEnded() {
        var question = posted(anna, "question");
        for (int i = 1; i <= 100; i++) {
            reply(question, "r" + i);
        }

        var middle = replies(question, "?limit=40&after=31");

        assertThat(contents(middle)).hasSize(40).startsWith("r31").endsWith("r70");
        assertThat(middle.get("has_before").asBoolean()).isTrue();
        assertThat(middle.get("has_after").asBoolean()).isTrue();
        var end = replies(question, "?limit=40&after=71");
        assertThat(contents(end)).hasSize(30).startsWith("r71").endsWith("r100");
        assertThat(end.get("has_after").asBoolean()).isFalse();
        assertThat(contents(replies(question, "?after=101"))).isEmpty();
        assertThat(contents(replies(question, "?limit=10"))).hasSize(10).startsWith("r1");
    }

    @Test
    void keepsTheReplyOfWhomeverNextToAnotherThread() {
        var one = posted(anna, "one");
        var two = posted(anna, "two");
        reply(one, "to one");
        reply(two, "to two");

        assertThat(contents(replies(one, ""))).containsExactly("to one");
        assertThat(contents(replies(two, ""))).containsExactly("to two");
    }

    @Test
    void isEmptyWhereNobodyReplied() {
        var message = posted(anna, "alone");

        assertThat(contents(replies(message, ""))).isEmpty();
    }

    @Test
    void isForMembersOnly() {
        var message = posted(anna, "x");
        var id = message.get("id").asString();

        assertProblem(
            get(rooms.user("stranger"), "/api/chat/messages/{id}/replies", id),
            HttpStatus.NOT_FOUND,
            "not_found"
        );
        assertProblem(
            get(anna, "/api/chat/messages/{id}/replies", id.replaceAll("\\.1$", ".2")),
            HttpStatus.NOT_FOUND,
            "not_found"
        );
        assertProblem(
            get(anna, "/api/chat/messages/{id}/replies?after=-1", id),
            HttpStatus.BAD_REQUEST,
            "malformed_request"
        );
    }

    private JsonNode reply(JsonNode parent, String content) {
        return posted(bert, Map.of("content", content, "parent_id", parent.get("id").asString()));
    }

    private JsonNode replies(JsonNode message, String query) {
        return json(
            get(bert, "/api/chat/messages/{id}/replies" + query, message.get("id").asString())
                .expectStatus()
                .isOk()
        );
    }

    private static List<String> contents(JsonNode replies) {
        return replies
            .get("data")
            .valueStream()
            .map(message -> message.get("content").asString())
            .toList();
    }
}
