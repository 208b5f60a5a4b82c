package chat.parley.presence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.UserId;
import chat.parley.contracts.connection.ConnectionEvent;
import chat.parley.contracts.connection.ConnectionEvent.ConnectionIdentified;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.room.RoomType;
import chat.parley.service.kafka.EventPublisher;
import chat.parley.testing.rooms.FakeRooms;
import chat.parley.testing.rooms.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@RunningPresence
class PresenceWebTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Autowired
    FakeRooms rooms;

    @Autowired
    EventPublisher publisher;

    @LocalServerPort
    int port;

    private UserId anna;
    private UserId bert;
    private UserId stranger;
    private RoomId room;

    @BeforeEach
    void meet() {
        anna = rooms.user("anna");
        bert = rooms.user("bert");
        stranger = rooms.user("stranger");
        room = rooms.room(RoomType.GROUP, anna, bert);
    }

    @Test
    void showsOneselfAndPeopleOfCommonRoomsInTheOrderAsked() {
        get(anna, "/api/chat/presence?user_ids=" + bert + "," + stranger + "," + anna + "," + bert)
            .jsonPath("$.data.length()")
            .isEqualTo(2)
            .jsonPath("$.data[0].user_id")
            .isEqualTo(bert.toString())
            .jsonPath("$.data[0].status")
            .isEqualTo("offline")
            .jsonPath("$.data[0].text")
            .isEqualTo("")
            .jsonPath("$.data[0].last_seen_at")
            .isEqualTo(null)
            .jsonPath("$.data[1].user_id")
            .isEqualTo(anna.toString());
    }

    @Test
    void showsNothingOfNobody() {
        get(anna, "/api/chat/presence?user_ids=").jsonPath("$.data.length()").isEqualTo(0);
    }

    @Test
    void showsTheChosenStatusOfWhoIsHere() {
        put(anna, "{\"status\": \"dnd\", \"text\": \"Zahnarzt 🦷\", \"mood\": 1}")
            .jsonPath("$.status")
            .isEqualTo("offline")
            .jsonPath("$.text")
            .isEqualTo("Zahnarzt 🦷");
        comesOnline(anna);

        String seen = awaitPresence(bert, anna, "\"dnd\"");

        assertThat(seen).contains("\"text\":\"Zahnarzt 🦷\"").containsPattern("\"last_seen_at\":\"20..-");
        put(anna, "{\"text\": \"\"}").jsonPath("$.text").isEqualTo("");
    }

    @Test
    void takesAsManyUsersAsItSays() {
        String hundred = IntStream.range(0, 100)
            .mapToObj(_ -> UserId.random().toString())
            .collect(Collectors.joining(","));

        get(anna, "/api/chat/presence?user_ids=" + hundred).jsonPath("$.data.length()").isEqualTo(0);
        problem(
            call(
                HttpMethod.GET,
                "/api/chat/presence?user_ids=" + hundred + "," + anna,
                TestTokens.of(anna),
                null
            ),
            422,
            "validation_failed"
        );
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        nullValues = "-",
        textBlock = """
        GET  | /api/chat/presence                       | -                              | 400 | malformed_request
        GET  | /api/chat/presence?user_ids=ada          | -                              | 400 | malformed_request
        GET  | /api/chat/presence?user_ids=1-1-1-1-1    | -                              | 400 | malformed_request
        PUT  | /api/chat/presence                       | -                              | 400 | malformed_request
        PUT  | /api/chat/presence                       | {"status": "dnd                | 400 | malformed_request
        PUT  | /api/chat/presence                       | []                             | 400 | malformed_request
        PUT  | /api/chat/presence                       | {"status": 1}                  | 400 | malformed_request
        PUT  | /api/chat/presence                       | {"text": {"a": "b"}}           | 400 | malformed_request
        PUT  | /api/chat/presence                       | {"status": "offline"}          | 422 | validation_failed
        PUT  | /api/chat/presence                       | {"status": ""}                 | 422 | validation_failed
        PUT  | /api/chat/presence                       | {"text": "a\\u0000b"}          | 422 | validation_failed
        POST | /api/chat/presence                       | {}                             | 405 | method_not_allowed
        POST | /api/chat/rooms/{room}/typing            | -                              | 400 | malformed_request
        POST | /api/chat/rooms/{room}/typing            | {"typing": "yes"}              | 400 | malformed_request
        POST | /api/chat/rooms/{room}/typing            | {"typing": "true"}             | 400 | malformed_request
        POST | /api/chat/rooms/{room}/typing            | {"typing": 1}                  | 400 | malformed_request
        POST | /api/chat/rooms/{room}/typing            | true                           | 400 | malformed_request
        POST | /api/chat/rooms/{room}/typing            | {}                             | 422 | validation_failed
        POST | /api/chat/rooms/{room}/typing            | {"typing": null}               | 422 | validation_failed
        POST | /api/chat/rooms/general/typing           | {"typing": true}               | 404 | not_found
        GET  | /api/chat/presence/nobody                | -                              | 404 | not_found
        """
    )
    void refusesWhatItCannotUse(String method, String path, String body, int status, String code) {
        ResponseSpec answer = call(
            HttpMethod.valueOf(method),
            path.replace("{room}", room.toString()),
            TestTokens.of(anna),
            body
        );

        problem(answer, status, code);
    }

    @Test
    void refusesATextThatIsTooLong() {
        problem(
            call(HttpMethod.PUT, "/api/chat/presence", TestTokens.of(anna), text(101)),
            422,
            "validation_failed"
        );
        put(anna, text(100)).jsonPath("$.text").isEqualTo("x".repeat(100));
        problem(
            call(HttpMethod.PUT, "/api/chat/presence", TestTokens.of(anna), text(1_000_000)),
            413,
            "too_large"
        );
    }

    @Test
    void refusesABodyThatIsNoJson() {
        ResponseSpec answer = client()
            .put()
            .uri("/api/chat/presence")
            .headers(headers -> headers.setBearerAuth(TestTokens.of(anna)))
            .contentType(MediaType.TEXT_PLAIN)
            .bodyValue("dnd")
            .exchange();

        problem(answer, 415, "unsupported_media_type");
    }

    @Test
    void hidesRoomsFromStrangersAndKeepsPublicOnesForMembers() {
        RoomId open = rooms.room(RoomType.PUBLIC, bert);
        String typing = "{\"typing\": true}";

        problem(type(stranger, room, typing), 404, "not_found");
        problem(type(anna, RoomId.random(), typing), 404, "not_found");
        problem(type(anna, open, typing), 403, "forbidden");
        type(anna, room, typing).expectStatus().isNoContent();
    }

    @Test
    void asksForATokenThatIsGood() {
        for (String path : new String[] { "/api/chat/presence?user_ids=", "/api/chat/rooms/x/typing" }) {
            problem(call(HttpMethod.GET, path, null, null), 401, "unauthenticated");
            problem(call(HttpMethod.GET, path, TestTokens.forged(anna), null), 401, "unauthenticated");
            problem(
                call(HttpMethod.GET, path, TestTokens.fromOtherIssuer(anna), null),
                401,
                "unauthenticated"
            );
            problem(call(HttpMethod.GET, path, TestTokens.expired(anna), null), 401, "token_expired");
        }
    }

    private void comesOnline(UserId user) {
        ConnectionEvent event = new ConnectionIdentified(
            EventId.random(),
            Instant.now().plusSeconds(30),
            "node-w",
            "1.1",
            user
        );
        publisher
            .publish(
                Topic.CONNECTIONS,
                event.key(),
                event.partitionKey(),
                EventCodec.of(ConnectionEvent.class).write(event),
                Map.of()
            )
            .block(PATIENCE);
    }

    private String awaitPresence(UserId viewer, UserId user, String expected) {
        return Awaitility.await()
            .atMost(PATIENCE)
            .until(
                () -> new String(body(viewer, user), StandardCharsets.UTF_8),
                seen -> seen.contains(expected)
            );
    }

    private byte[] body(UserId viewer, UserId user) {
        return get(viewer, "/api/chat/presence?user_ids=" + user).returnResult().getResponseBody();
    }

    private static String text(int length) {
        return "{\"text\": \"" + "x".repeat(length) + "\"}";
    }

    private ResponseSpec type(UserId user, RoomId where, String body) {
        return call(HttpMethod.POST, "/api/chat/rooms/" + where + "/typing", TestTokens.of(user), body);
    }

    private BodyContentSpec get(UserId user, String path) {
        return call(HttpMethod.GET, path, TestTokens.of(user), null).expectStatus().isOk().expectBody();
    }

    private BodyContentSpec put(UserId user, String body) {
        return call(HttpMethod.PUT, "/api/chat/presence", TestTokens.of(user), body)
            .expectStatus()
            .isOk()
            .expectBody();
    }

    private ResponseSpec call(HttpMethod method, String path, String token, String body) {
        WebTestClient.RequestBodySpec request = client()
            .method(method)
            .uri(path)
            .contentType(MediaType.APPLICATION_JSON)
            .headers(headers -> {
                if (token != null) {
                    headers.setBearerAuth(token);
                }
            });
        return body == null ? request.exchange() : request.bodyValue(body).exchange();
    }

    private static void problem(ResponseSpec answer, int status, String code) {
        byte[] body = answer
            .expectStatus()
            .isEqualTo(status)
            .expectHeader()
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .expectBody()
            .jsonPath("$.code")
            .isEqualTo(code)
            .returnResult()
            .getResponseBody();
        assertThat(new String(body, StandardCharsets.UTF_8)).doesNotContain(
            "Exception",
            "chat.parley",
            "redis"
        );
    }

    private WebTestClient client() {
        return WebTestClient.bindToServer()
            .baseUrl("http://127.0.0.1:" + port)
            .responseTimeout(PATIENCE)
            .build();
    }
}
