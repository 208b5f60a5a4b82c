package chat.parley.message.posting;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.media.MediaStatus;
import chat.parley.contracts.room.RoomType;
import chat.parley.message.MessageWebTest;
import chat.parley.testing.rooms.TestTokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class PostingWebTest extends MessageWebTest {

    @Test
    void storesAMessageAtTheEndOfItsRoom() {
        var first = posted(anna, "naïve <script> ☕\n\ttab");
        var second = posted(bert, "hi");

        assertThat(first.get("seq").asLong()).isEqualTo(1);
        assertThat(first.get("content").asString()).isEqualTo("naïve <script> ☕\n\ttab");
        assertThat(second.get("seq").asLong()).isEqualTo(2);
        assertThat(json(get(anna, "/api/chat/rooms/{room}/messages", room)).get("data")).containsExactly(
            first,
            second
        );
    }

    @Test
    void answersWithTheWholeMessage() {
        var message = posted(anna, Map.of("content", "hi", "client_id", "c-1"));

        assertThat(message.propertyNames()).containsExactlyInAnyOrder(
            "id",
            "room_id",
            "seq",
            "user_id",
            "content",
            "type",
            "parent_id",
            "reply_count",
            "last_reply_at",
            "attachments",
            "reactions",
            "mentions",
            "client_id",
            "created_at",
            "updated_at",
            "edited_at",
            "deleted_at"
        );
        assertThat(message.get("room_id").asString()).isEqualTo(room.toString());
        assertThat(message.get("user_id").asString()).isEqualTo(anna.toString());
        assertThat(message.get("type").asString()).isEqualTo("text");
        assertThat(message.get("client_id").asString()).isEqualTo("c-1");
        assertThat(message.get("created_at").asString()).matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"
        );
    }

    @Test
    void answersASecondTryWithTheFirstMessage() {
        var body = Map.of("content", "hi", "client_id", UUID.randomUUID().toString());
        var first = posted(anna, body);

        var second = json(post(anna, room, body).expectStatus().isOk());

        assertThat(second).isEqualTo(first);
        assertThat(json(get(anna, "/api/chat/rooms/{room}/messages", room)).get("data")).hasSize(1);
    }

    @Test
    void letsAReplyToAReplyJoinTheThread() {
        var question = posted(anna, "question");
        var answer = posted(bert, Map.of("content", "answer", "parent_id", question.get("id").asString()));

        var further = posted(anna, Map.of("content", "further", "parent_id", answer.get("id").asString()));

        assertThat(further.get("parent_id")).isEqualTo(question.get("id"));
        var parent = json(get(anna, "/api/chat/messages/{id}", question.get("id").asString()));
        assertThat(parent.get("reply_count").asInt()).isEqualTo(2);
        assertThat(parent.get("last_reply_at")).isEqualTo(further.get("created_at"));
    }

    @Test
    void mentionsMembersOnly() {
        rooms.user("carl");

        var message = posted(anna, "@bert and @carl, see ada@bert.example");

        assertThat(message.get("mentions"))
            .extracting(id -> id.asString())
            .containsExactly(bert.toString());
    }

    @Test
    void carriesTheAuthorsUploads() {
        var picture = MEDIA.upload(anna, MediaStatus.READY);

        var message = posted(anna, Map.of("content", "", "attachment_ids", List.of(picture)));

        assertThat(message.get("type").asString()).isEqualTo("file");
        assertThat(message.get("attachments").get(0).get("id").asString()).isEqualTo(picture.toString());
    }

    @Test
    void showsUploadsAsTheyAreNow() {
        var picture = MEDIA.upload(anna, MediaStatus.PROCESSING);
        var sent = posted(anna, Map.of("content", "", "attachment_ids", List.of(picture)));
        var path = "/api/chat/messages/{id}";
        var id = sent.get("id").asString();

        var later = json(get(bert, path, id));
        MEDIA.fail(true);
        var meanwhile = json(get(bert, path, id));

        assertThat(url(later)).startsWith("/media/").isNotEqualTo(url(sent));
        assertThat(url(meanwhile)).isEqualTo(url(sent));
    }

    private static String url(tools.jackson.databind.JsonNode message) {
        return message.get("attachments").get(0).get("url").asString();
    }

    @Test
    void refusesUploadsThatAreNotTheAuthors() {
        var foreign = MEDIA.upload(bert, MediaStatus.READY);
        var rejected = MEDIA.upload(anna, MediaStatus.REJECTED);

        for (Object id : List.of(foreign, rejected, UUID.randomUUID())) {
            assertInvalid(
                post(anna, room, Map.of("content", "x", "attachment_ids", List.of(id))),
                "attachment_ids"
            );
        }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "{}",
            "{\"content\":null}",
            "{\"content\":\"\"}",
            "{\"content\":\" \\n\"}",
            "{\"content\":\"a\\u0000b\"}",
            "{\"content\":\"a\\rb\"}",
            "{\"content\":\"\\ud800\"}",
        }
    )
    void refusesContentThatIsNone(String body) {
        assertInvalid(postRaw(anna, body), "content");
    }

    @Test
    void refusesContentThatIsTooLong() {
        assertInvalid(post(anna, room, Map.of("content", "🙂".repeat(8_001))), "content");
        post(anna, room, Map.of("content", "🙂".repeat(8_000))).expectStatus().isCreated();
    }

    @ParameterizedTest
    @CsvSource({ "nonsense", "''", "AZkAABERciKDM0REVVVmZg.15", "../../etc" })
    void refusesParentsThatAreNotThere(String parent) {
        assertInvalid(post(anna, room, Map.of("content", "x", "parent_id", parent)), "parent_id");
    }

    @Test
    void refusesParentsOfOtherRoomsAndOfNoPlace() {
        var elsewhere = rooms.room(RoomType.GROUP, anna);
        var foreign = json(post(anna, elsewhere, Map.of("content", "x")).expectStatus().isCreated());
        var beyond = posted(anna, "x").get("id").asString() + "zz";

        assertInvalid(
            post(anna, room, Map.of("content", "x", "parent_id", foreign.get("id").asString())),
            "parent_id"
        );
        assertInvalid(post(anna, room, Map.of("content", "x", "parent_id", beyond)), "parent_id");
    }

    @ParameterizedTest
    @CsvSource({ "''", "' '" })
    void refusesClientIdsThatAreNone(String id) {
        assertInvalid(post(anna, room, Map.of("content", "x", "client_id", id)), "client_id");
        assertInvalid(post(anna, room, Map.of("content", "x", "client_id", "x".repeat(65))), "client_id");
    }

    @Test
    void refusesTooManyAttachments() {
        var ids = java.util.stream.Stream.generate(UUID::randomUUID).limit(11).toList();

        assertInvalid(post(anna, room, Map.of("content", "x", "attachment_ids", ids)), "attachment_ids");
        assertInvalid(postRaw(anna, "{\"content\":\"x\",\"attachment_ids\":[null]}"), "attachment_ids");
    }

    @Test
    void namesEveryFaultAtOnce() {
        post(anna, room, Map.of("content", "", "client_id", "", "parent_id", "x"))
            .expectBody()
            .jsonPath("$.errors[*].field")
            .value(fields -> assertThat((List<?>) fields).hasSize(3));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "",
            "{",
            "[]",
            "null",
            "5",
            "\"text\"",
            "{\"content\":5}",
            "{\"content\":{}}",
            "{\"content\":true}",
            "{\"content\":\"x\",\"attachment_ids\":\"x\"}",
            "{\"content\":\"x\",\"attachment_ids\":[\"nonsense\"]}",
            "{\"content\":\"x\",\"client_id\":7}",
        }
    )
    void refusesWhatCannotBeRead(String body) {
        assertProblem(postRaw(anna, body), HttpStatus.BAD_REQUEST, "malformed_request");
    }

    @Test
    void refusesOtherMediaTypesAndHugeBodies() {
        var form = as(anna)
            .post()
            .uri("/api/chat/rooms/{room}/messages", room)
            .contentType(MediaType.TEXT_PLAIN)
            .bodyValue("hi")
            .exchange();

        assertProblem(form, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type");
        assertProblem(
            post(anna, room, Map.of("content", "x".repeat(2_000_000))),
            HttpStatus.CONTENT_TOO_LARGE,
            "too_large"
        );
    }

    @Test
    void hidesRoomsFromWhoIsNoMember() {
        var carl = rooms.user("carl");
        var open = rooms.room(RoomType.PUBLIC, anna);

        assertProblem(post(carl, room, Map.of("content", "x")), HttpStatus.NOT_FOUND, "not_found");
        assertProblem(post(carl, RoomId.random(), Map.of("content", "x")), HttpStatus.NOT_FOUND, "not_found");
        assertProblem(post(carl, open, Map.of("content", "x")), HttpStatus.FORBIDDEN, "forbidden");
        var nowhere = as(anna)
            .post()
            .uri("/api/chat/rooms/nonsense/messages")
            .bodyValue(Map.of("content", "x"));
        assertProblem(nowhere.exchange(), HttpStatus.NOT_FOUND, "not_found");
    }

    @Test
    void takesNoTokenButAGoodOne() {
        for (String token : List.of("nonsense", TestTokens.forged(anna), TestTokens.fromOtherIssuer(anna))) {
            assertProblem(postWith(token), HttpStatus.UNAUTHORIZED, "unauthenticated");
        }
        assertProblem(postWith(TestTokens.expired(anna)), HttpStatus.UNAUTHORIZED, "token_expired");
    }

    private ResponseSpec postWith(String token) {
        return withToken(token)
            .post()
            .uri("/api/chat/rooms/{room}/messages", room)
            .bodyValue(Map.of("content", "x"))
            .exchange();
    }

    @Test
    void saysWhenAServiceItNeedsIsAway() {
        var picture = MEDIA.upload(anna, MediaStatus.READY);
        MEDIA.fail(true);
        assertUnavailable(post(anna, room, Map.of("content", "", "attachment_ids", List.of(picture))));

        var stranger = rooms.user("dora");
        rooms.fail(true);
        assertUnavailable(post(stranger, room, Map.of("content", "x")));
    }

    private static void assertUnavailable(ResponseSpec answer) {
        answer.expectHeader().exists(HttpHeaders.RETRY_AFTER);
        assertProblem(answer, HttpStatus.SERVICE_UNAVAILABLE, "unavailable");
    }

    private static void assertInvalid(ResponseSpec answer, String field) {
        answer
            .expectStatus()
            .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
            .expectBody()
            .jsonPath("$.code")
            .isEqualTo("validation_failed")
            .jsonPath("$.errors[0].field")
            .isEqualTo(field);
    }
}
