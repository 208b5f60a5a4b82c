package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The messages of CONTRACT.md, section 5. */
class MessageStatusIT extends ContractStatuses {

    private static final String GONE = "gone";
    private static final int MOST_KINDS = 50;
    private static final String SEARCH = "/api/chat/search?q=";
    private static final String LATEST = "/api/chat/messages/latest?room_ids=";

    MessageStatusIT(Parley parley) {
        super(parley, Set.of("messages"), 65);
    }

    @Test
    void posting() {
        String messages = group.path() + "/messages";
        Map<String, Object> body = Map.of("content", "hi", "client_id", "c-1");
        JsonNode first = reach(201, Call.post(messages, body).by(anna)).body();

        assertThat(reach(200, Call.post(messages, body).by(anna)).body()).isEqualTo(first);
        // Another person's name for a message is another name.
        reach(201, Call.post(messages, body).by(bert));
        invalid("content", Call.post(messages, Map.of()).by(anna));
        invalid("content", Call.post(messages, Map.of("content", " \n")).by(anna));
        invalid("content", Call.post(messages, Map.of("content", "a\u0000b")).by(anna));
        invalid("content", Call.post(messages, Map.of("content", "a\u007fb")).by(anna));
        invalid("content", Call.post(messages, Map.of("content", "a\rb")).by(anna));
        invalid("content", Call.post(messages, Map.of("content", "🙂".repeat(8_001))).by(anna));
        reach(201, Call.post(messages, Map.of("content", "🙂".repeat(8_000))).by(anna));
        invalid("client_id", Call.post(messages, but(body, "client_id", "x".repeat(65))).by(anna));
        invalid("parent_id", Call.post(messages, but(body, "parent_id", NOWHERE)).by(anna));
        invalid(
            "attachment_ids",
            Call.post(messages, but(body, "attachment_ids", List.of(NOWHERE))).by(anna)
        );
        refuse(404, NOT_FOUND, Call.post(messages, body).by(carl));
        refuse(403, FORBIDDEN, Call.post(open.path() + "/messages", body).by(carl));
    }

    @Test
    void repliesStayInTheirRoom() {
        JsonNode elsewhere = anna.posts("elsewhere", open);

        invalid(
            "parent_id",
            Call.post(
                group.path() + "/messages",
                Map.of("content", "hi", "parent_id", elsewhere.path("id").asString())
            ).by(anna)
        );
    }

    @Test
    void readingTheHistory() {
        anna.posts("something", group);
        String messages = group.path() + "/messages";

        for (String query : List.of("", "?before=2", "?after=0", "?around=1", "?limit=1", "?colour=blue")) {
            assertThat(reach(200, Call.get(messages + query).by(bert)).body().path("data")).isNotEmpty();
        }
        for (String query : List.of(
            "?before=x",
            "?after=-1",
            "?around=1.5",
            "?limit=0",
            "?after=1&before=3"
        )) {
            refuse(400, MALFORMED, Call.get(messages + query).by(bert));
        }
        refuse(404, NOT_FOUND, Call.get(messages).by(carl));
        refuse(403, FORBIDDEN, Call.get(open.path() + "/messages").by(carl));
    }

    @Test
    void readingTheNewestOfManyRooms() {
        String tooMany = Stream.generate(() -> UUID.randomUUID().toString())
            .limit(101)
            .collect(Collectors.joining(","));

        reach(200, Call.get(LATEST + group.id()).by(anna));
        invalid("room_ids", Call.get(LATEST + tooMany).by(anna));
        refuse(400, MALFORMED, Call.get(LATEST + "no-id").by(anna));
        refuse(400, MALFORMED, Call.get("/api/chat/messages/latest").by(anna));
    }

    @Test
    void readingAMessage() {
        JsonNode message = anna.posts("one", group);
        JsonNode inTheOpen = anna.posts("two", open);

        assertThat(reach(200, Call.get(path(message)).by(bert)).body()).isEqualTo(message);
        refuse(404, NOT_FOUND, Call.get(path(message)).by(carl));
        refuse(403, FORBIDDEN, Call.get(path(inTheOpen)).by(carl));
    }

    @Test
    void editing() {
        JsonNode message = bert.posts("befroe", group);
        Map<String, Object> words = Map.of("content", "before");

        JsonNode edited = reach(200, Call.put(path(message), words).by(bert)).body();
        assertThat(edited.path("edited_at").asString()).endsWith("Z");
        // What it says already is no edit.
        assertThat(reach(200, Call.put(path(message), words).by(bert)).body()).isEqualTo(edited);
        invalid("content", Call.put(path(message), Map.of()).by(bert));
        invalid("content", Call.put(path(message), Map.of("content", "")).by(bert));
        invalid("content", Call.put(path(message), Map.of("content", "a\u0007b")).by(bert));
        invalid("content", Call.put(path(message), Map.of("content", "🙂".repeat(8_001))).by(bert));
        // Not even an admin writes in another's name.
        refuse(403, FORBIDDEN, Call.put(path(message), words).by(anna));
        refuse(404, NOT_FOUND, Call.put(path(message), words).by(carl));
        refuse(403, FORBIDDEN, Call.put(path(anna.posts("two", open)), words).by(carl));
        refuse(404, NOT_FOUND, Call.put(path(message) + "zz", words).by(bert));
        reach(204, Call.delete(path(message)).by(bert));
        refuse(410, GONE, Call.put(path(message), words).by(bert));
    }

    @Test
    void deleting() {
        JsonNode annas = anna.posts("mine", group);
        JsonNode berts = bert.posts("his", group);

        refuse(403, FORBIDDEN, Call.delete(path(annas)).by(bert));
        refuse(404, NOT_FOUND, Call.delete(path(annas)).by(carl));
        refuse(403, FORBIDDEN, Call.delete(path(anna.posts("two", open))).by(carl));
        refuse(404, NOT_FOUND, Call.delete(path(annas) + "zz").by(anna));
        reach(204, Call.delete(path(berts)).by(anna));
        reach(204, Call.delete(path(berts)).by(bert));
        JsonNode place = reach(200, Call.get(path(berts)).by(bert)).body();
        assertThat(place.path("deleted_at").asString()).endsWith("Z");
        assertThat(place.path("content").asString()).isEmpty();
        assertThat(place.path("seq")).isEqualTo(berts.path("seq"));
    }

    @Test
    void readingAThread() {
        JsonNode first = anna.posts("who comes along?", group);
        JsonNode reply = bert.replies("I do", first, group);
        JsonNode another = anna.replies("so do I", reply, group);
        String replies = path(first) + "/replies";

        for (String query : List.of("", "?after=0", "?limit=1", "?colour=blue")) {
            JsonNode page = reach(200, Call.get(replies + query).by(bert)).body();
            assertThat(page.path("data").get(0)).isEqualTo(reply);
        }
        JsonNode rest = reach(200, Call.get(replies + "?after=" + reply.path("seq")).by(bert)).body();
        assertThat(rest.path("data")).containsExactly(another);
        assertThat(rest.path("has_before").asBoolean()).isTrue();
        assertThat(rest.path("has_after").asBoolean()).isFalse();
        JsonNode nobodys = anna.posts("nobody says anything", group);
        assertThat(reach(200, Call.get(path(nobodys) + "/replies").by(bert)).body().path("data")).isEmpty();
        for (String query : List.of("?after=x", "?after=-1", "?limit=0", "?limit=x")) {
            refuse(400, MALFORMED, Call.get(replies + query).by(bert));
        }
        refuse(404, NOT_FOUND, Call.get(replies).by(carl));
        refuse(404, NOT_FOUND, Call.get(path(first) + "zz/replies").by(anna));
        refuse(403, FORBIDDEN, Call.get(path(anna.posts("two", open)) + "/replies").by(carl));
    }

    @Test
    void reacting() {
        JsonNode message = bert.posts("nice", group);
        String reactions = path(message) + "/reactions";
        Map<String, Object> heart = Map.of("reaction_type", "❤");

        JsonNode reacted = reach(200, Call.post(reactions, heart).by(anna)).body();
        assertThat(reacted.path("reactions")).hasSize(1);
        JsonNode kind = reacted.path("reactions").get(0);
        assertThat(kind.path("reaction_type").asString()).as("as people write it").isEqualTo("❤️");
        assertThat(kind.path("count").asInt()).isOne();
        assertThat(kind.path("user_ids").get(0).asString()).isEqualTo(anna.id());
        assertThat(reach(200, Call.post(reactions, heart).by(anna)).body()).isEqualTo(reacted);
        invalid("reaction_type", Call.post(reactions, Map.of()).by(anna));
        for (String none : List.of("", "no emoji", "👍👍", "::", ":" + "x".repeat(63) + ":", "<b>")) {
            invalid("reaction_type", Call.post(reactions, Map.of("reaction_type", none)).by(anna));
        }
        refuse(404, NOT_FOUND, Call.post(reactions, heart).by(carl));
        refuse(404, NOT_FOUND, Call.post(path(message) + "zz/reactions", heart).by(anna));
        refuse(403, FORBIDDEN, Call.post(path(anna.posts("two", open)) + "/reactions", heart).by(carl));
        for (int kinds = 1; kinds < MOST_KINDS; kinds++) {
            reach(200, Call.post(reactions, Map.of("reaction_type", ":kind-" + kinds + ":")).by(bert));
        }
        refuse(
            409,
            "too_many_reactions",
            Call.post(reactions, Map.of("reaction_type", ":one-more:")).by(bert)
        );
        reach(200, Call.post(reactions, heart).by(bert));
        reach(204, Call.delete(path(message)).by(bert));
        refuse(410, GONE, Call.post(reactions, heart).by(anna));
    }

    @Test
    void takingAReactionBack() {
        JsonNode message = bert.posts("nice", group);
        String reactions = path(message) + "/reactions";
        String mine = reactions + "/" + THUMB;
        Call.post(reactions, Map.of("reaction_type", "👍")).by(anna).to(api).require(200);
        Call.post(reactions, Map.of("reaction_type", ":+1:")).by(anna).to(api).require(200);

        // Who did not react so has nothing to take back.
        assertThat(reach(200, Call.delete(mine).by(bert)).body().path("reactions")).hasSize(2);
        JsonNode left = reach(200, Call.delete(mine).by(anna)).body();
        assertThat(left.path("reactions")).hasSize(1);
        assertThat(reach(200, Call.delete(mine).by(anna)).body()).isEqualTo(left);
        assertThat(reach(200, Call.delete(reactions + "/:+1:").by(anna)).body().path("reactions")).isEmpty();
        invalid("reaction_type", Call.delete(reactions + "/nonsense").by(anna));
        refuse(404, NOT_FOUND, Call.delete(mine).by(carl));
        refuse(404, NOT_FOUND, Call.delete(path(message) + "zz/reactions/" + THUMB).by(anna));
        refuse(403, FORBIDDEN, Call.delete(path(anna.posts("two", open)) + "/reactions/" + THUMB).by(carl));
        reach(204, Call.delete(path(message)).by(bert));
        refuse(410, GONE, Call.delete(mine).by(anna));
    }

    @Test
    void searching() {
        String word = "quince" + UUID.randomUUID().toString().replace("-", "");
        anna.posts("a " + word, group);
        JsonNode newest = anna.posts("one more " + word, group);
        anna.posts("yet another " + word, open);

        JsonNode found = reach(200, Call.get(SEARCH + word + "&room_id=" + group.id()).by(bert)).body();
        assertThat(found.path("data")).hasSize(2);
        assertThat(found.path("data").get(0).path("message")).isEqualTo(newest);
        assertThat(found.path("data").get(0).path("highlights").get(0).asString()).contains(
            "<mark>" + word + "</mark>"
        );
        assertThat(reach(200, Call.get(SEARCH + word).by(carl)).body().path("data")).isEmpty();
        pages(SEARCH + word, bert);
        for (String filter : List.of("room_id=x", "from=x", "before=yesterday", "after=2026-11-22")) {
            refuse(400, MALFORMED, Call.get(SEARCH + word + "&" + filter).by(bert));
        }
        for (String nothing : List.of("", "%20", "%21%3F", "%22%22", "x".repeat(257))) {
            invalid("q", Call.get(SEARCH + nothing).by(bert));
        }
        invalid("q", Call.get("/api/chat/search").by(bert));
        invalid("has", Call.get(SEARCH + word + "&has=teeth").by(bert));
        refuse(404, NOT_FOUND, Call.get(SEARCH + word + "&room_id=" + group.id()).by(carl));
        refuse(404, NOT_FOUND, Call.get(SEARCH + word + "&room_id=" + NOWHERE).by(bert));
        refuse(403, FORBIDDEN, Call.get(SEARCH + word + "&room_id=" + open.id()).by(carl));
    }

    @Test
    void noticingThatSomethingIsRead() {
        JsonNode message = anna.posts("read me", group);
        String read = "/read";

        reach(204, Call.of("POST", path(message) + read).by(bert));
        refuse(404, NOT_FOUND, Call.of("POST", path(message) + read).by(carl));
        refuse(403, FORBIDDEN, Call.of("POST", path(anna.posts("two", open)) + read).by(carl));
        refuse(404, NOT_FOUND, Call.of("POST", path(message) + "zz" + read).by(bert));
    }

    private static String path(JsonNode message) {
        return "/api/chat/messages/" + message.path("id").asString();
    }
}
