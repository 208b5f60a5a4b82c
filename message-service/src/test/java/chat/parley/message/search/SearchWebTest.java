package chat.parley.message.search;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaStatus;
import chat.parley.contracts.room.RoomType;
import chat.parley.message.MessageWebTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;

class SearchWebTest extends MessageWebTest {

    private static final String PATH = "/api/chat/search";

    @Test
    void findsWordsWithoutRegardToCaseAccentsAndEndings() {
        var message = posted(anna, "Die Crème brûlée im Café: <b>Deployed</b>!");

        var found = search(bert, Map.of("q", "CAFE deploying creme")).get("data");

        assertThat(found).hasSize(1);
        assertThat(found.get(0).get("message")).isEqualTo(message);
        assertThat(highlights(found.get(0))).containsExactly(
            "Die <mark>Crème</mark> brûlée im <mark>Café</mark>: &lt;b&gt;<mark>Deployed</mark>&lt;/b&gt;!"
        );
    }

    @Test
    void findsPhrasesBeginningsAndCharacters() {
        posted(anna, "the kernel ran out of memory");
        posted(anna, "memory is out of the question");
        posted(anna, "the configuration of 東京都");

        assertThat(contents(search(anna, Map.of("q", "\"out of memory\"")))).containsExactly(
            "the kernel ran out of memory"
        );
        assertThat(contents(search(anna, Map.of("q", "conf")))).containsExactly(
            "the configuration of 東京都"
        );
        assertThat(contents(search(anna, Map.of("q", "京都 configurat")))).containsExactly(
            "the configuration of 東京都"
        );
        assertThat(contents(search(anna, Map.of("q", "me")))).isEmpty();
    }

    @Test
    void findsOnlyInRoomsOfTheCaller() {
        var word = word();
        posted(anna, "mine " + word);
        var foreign = rooms.room(RoomType.GROUP, bert);
        var open = rooms.room(RoomType.PUBLIC, bert);
        say(bert, foreign, "theirs " + word);
        say(bert, open, "open " + word);

        assertThat(contents(search(anna, Map.of("q", word)))).containsExactly("mine " + word);
        assertThat(contents(search(bert, Map.of("q", word)))).containsExactly(
            "open " + word,
            "theirs " + word,
            "mine " + word
        );
        assertThat(contents(search(bert, Map.of("q", word, "room_id", foreign)))).containsExactly(
            "theirs " + word
        );
        assertProblem(ask(anna, Map.of("q", word, "room_id", foreign)), HttpStatus.NOT_FOUND, "not_found");
        assertProblem(ask(anna, Map.of("q", word, "room_id", open)), HttpStatus.FORBIDDEN, "forbidden");
        assertThat(contents(search(rooms.user("carl"), Map.of("q", word)))).isEmpty();
    }

    @Test
    void followsEditsAndDeletions() {
        var old = word();
        var young = word();
        var id = posted(anna, "it says " + old).get("id").asString();

        as(anna)
            .put()
            .uri("/api/chat/messages/{id}", id)
            .bodyValue(Map.of("content", "it says " + young))
            .exchange()
            .expectStatus()
            .isOk();

        assertThat(contents(search(anna, Map.of("q", old)))).isEmpty();
        assertThat(contents(search(anna, Map.of("q", young)))).containsExactly("it says " + young);
        as(anna).delete().uri("/api/chat/messages/{id}", id).exchange().expectStatus().isNoContent();
        assertThat(contents(search(anna, Map.of("q", young)))).isEmpty();
        assertThat(contents(search(anna, Map.of("from", anna, "room_id", room)))).isEmpty();
    }

    @Test
    void narrowsByAuthorTimeAndWhatMessagesHave() {
        var word = word();
        var first = posted(anna, word + " one");
        var second = posted(bert, word + " two, see https://example.com");
        var file = MEDIA.upload(anna, MediaStatus.READY);
        var third = posted(anna, Map.of("content", word + " three", "attachment_ids", List.of(file)));

        assertThat(ids(search(bert, Map.of("q", word, "from", anna)))).containsExactly(id(third), id(first));
        assertThat(ids(search(bert, Map.of("q", word, "has", "file")))).containsExactly(id(third));
        assertThat(ids(search(bert, Map.of("q", word, "has", "link")))).containsExactly(id(second));
        assertThat(ids(search(bert, Map.of("q", word, "has", "link,file")))).isEmpty();
        assertThat(ids(search(bert, Map.of("q", word, "before", at(second))))).doesNotContain(
            id(second),
            id(third)
        );
        assertThat(ids(search(bert, Map.of("q", word, "after", at(second))))).doesNotContain(
            id(first),
            id(second)
        );
        assertThat(ids(search(bert, Map.of("q", word, "after", at(third))))).isEmpty();
        assertThat(ids(search(bert, Map.of("has", "file", "room_id", room)))).containsExactly(id(third));
        assertThat(ids(search(bert, Map.of("from", bert, "q", "", "room_id", room)))).containsExactly(
            id(second)
        );
    }

    /** Several rooms, several pages each, and everybody goes on talking meanwhile. */
    @Test
    void pagesThroughAllRoomsNewestFirst() {
        var seed = Long.getLong("parley.test.seed", System.nanoTime());
        System.out.println("SearchWebTest: seed " + seed);
        var random = new Random(seed);
        var word = word();
        var all = IntStream.range(0, 4)
            .mapToObj(_ -> rooms.room(RoomType.GROUP, anna))
            .toList();
        List<String> expected = new ArrayList<>();
        for (var i = 0; i < 300; i++) {
            var meant = random.nextInt(3) == 0;
            var message = say(anna, all.get(random.nextInt(4)), meant ? word + " " + i : "nothing " + i);
            if (meant) {
                expected.addFirst(id(message));
            }
        }

        List<String> found = new ArrayList<>();
        String cursor = null;
        do {
            var page = search(anna, cursor == null ? query(word, 7) : with(query(word, 7), cursor));
            assertThat(page.get("data").size()).as("seed %d", seed).isLessThanOrEqualTo(7);
            found.addAll(ids(page));
            cursor = page.get("next_cursor").isNull() ? null : page.get("next_cursor").asString();
            say(anna, all.get(random.nextInt(4)), word + " late");
        } while (cursor != null);

        // Rooms that spoke in the same millisecond have an order of their own.
        assertThat(found).as("seed %d", seed).doesNotHaveDuplicates().hasSameElementsAs(expected);
        assertThat(times(word, found.size()))
            .as("seed %d", seed)
            .isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    private List<String> times(String word, int count) {
        return stream(search(anna, query(word, Math.min(100, count))))
            .map(found -> found.get("message").get("created_at").asString())
            .toList();
    }

    private static Map<String, Object> query(String word, int limit) {
        return Map.of("q", word, "limit", limit);
    }

    private static Map<String, Object> with(Map<String, Object> query, String cursor) {
        return Map.of("q", query.get("q"), "limit", query.get("limit"), "cursor", cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = { "?!", "\"…\"", "--" })
    void refusesQueriesWithoutAWord(String q) {
        assertProblem(ask(anna, Map.of("q", q)), HttpStatus.UNPROCESSABLE_CONTENT, "validation_failed");
    }

    @Test
    void refusesWhatCannotBeLookedFor() {
        var invalid = HttpStatus.UNPROCESSABLE_CONTENT;
        assertProblem(ask(anna, Map.of()), invalid, "validation_failed");
        assertProblem(ask(anna, Map.of("q", " ")), invalid, "validation_failed");
        assertProblem(ask(anna, Map.of("room_id", room)), invalid, "validation_failed");
        assertProblem(ask(anna, Map.of("q", "x".repeat(257))), invalid, "validation_failed");
        assertProblem(ask(anna, Map.of("q", "x", "has", "money")), invalid, "validation_failed");
        var malformed = HttpStatus.BAD_REQUEST;
        assertProblem(ask(anna, Map.of("q", "x", "cursor", "nonsense")), malformed, "malformed_request");
        assertProblem(ask(anna, Map.of("q", "x", "cursor", "MQoyCjMKNA")), malformed, "malformed_request");
        assertProblem(ask(anna, Map.of("q", "x", "limit", 0)), malformed, "malformed_request");
        assertProblem(ask(anna, Map.of("q", "x", "before", "noon")), malformed, "malformed_request");
        assertProblem(ask(anna, Map.of("q", "x", "room_id", "nonsense")), malformed, "malformed_request");
        assertProblem(ask(anna, Map.of("q", "x", "from", "nobody")), malformed, "malformed_request");
        assertProblem(
            anonymous().get().uri(PATH + "?q=x").exchange(),
            HttpStatus.UNAUTHORIZED,
            "unauthenticated"
        );
    }

    /** No other test says it. */
    private static String word() {
        return "w" + UUID.randomUUID().toString().replace("-", "");
    }

    private JsonNode say(UserId author, RoomId room, String content) {
        return json(post(author, room, Map.of("content", content)).expectStatus().isCreated());
    }

    private JsonNode search(UserId caller, Map<String, ?> parameters) {
        return json(ask(caller, parameters).expectStatus().isOk());
    }

    private ResponseSpec ask(UserId caller, Map<String, ?> parameters) {
        var uri = UriComponentsBuilder.fromPath(PATH);
        parameters.keySet().forEach(name -> uri.queryParam(name, "{" + name + "}"));
        return as(caller).get().uri(uri.build().toUriString(), parameters).exchange();
    }

    private static Stream<JsonNode> stream(JsonNode page) {
        return IntStream.range(0, page.get("data").size()).mapToObj(i -> page.get("data").get(i));
    }

    private static List<String> contents(JsonNode page) {
        return stream(page)
            .map(found -> found.get("message").get("content").asString())
            .toList();
    }

    private static List<String> ids(JsonNode page) {
        return stream(page)
            .map(found -> id(found.get("message")))
            .toList();
    }

    private static List<String> highlights(JsonNode found) {
        return IntStream.range(0, found.get("highlights").size())
            .mapToObj(i -> found.get("highlights").get(i).asString())
            .toList();
    }

    private static String id(JsonNode message) {
        return message.get("id").asString();
    }

    private static String at(JsonNode message) {
        return message.get("created_at").asString();
    }
}
