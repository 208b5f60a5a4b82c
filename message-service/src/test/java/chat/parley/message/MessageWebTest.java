package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.RoomType;
import chat.parley.testing.rooms.FakeRooms;
import chat.parley.testing.rooms.TestTokens;
import chat.parley.testing.rooms.WithFakeRooms;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.WithServers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** The whole service on real servers, with two people in a room. */
@SpringBootTest(
    classes = MessageServiceApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = { "parley.purge.every=200ms", "parley.upkeep.every=200ms", "parley.upkeep.pause=1s" }
)
@ActiveProfiles("test")
@WithServers({ Server.MONGODB, Server.KAFKA, Server.S3 })
@WithFakeRooms
public abstract class MessageWebTest {

    protected static final FakeMedia MEDIA = new FakeMedia();

    @Autowired
    protected FakeRooms rooms;

    @LocalServerPort
    private int port;

    protected UserId anna;
    protected UserId bert;
    protected RoomId room;

    @DynamicPropertySource
    static void media(DynamicPropertyRegistry registry) {
        registry.add("parley.media.url", MEDIA::url);
    }

    @BeforeEach
    void twoInARoom() {
        rooms.fail(false);
        MEDIA.fail(false);
        anna = rooms.user("anna");
        bert = rooms.user("bert");
        room = rooms.room(RoomType.GROUP, anna, bert);
    }

    protected WebTestClient as(UserId user) {
        return withToken(TestTokens.of(user));
    }

    protected WebTestClient withToken(String token) {
        return anonymous()
            .mutate()
            .defaultHeaders(headers -> headers.setBearerAuth(token))
            .build();
    }

    protected WebTestClient anonymous() {
        return WebTestClient.bindToServer()
            .baseUrl("http://127.0.0.1:" + port)
            .responseTimeout(Duration.ofSeconds(20))
            .build();
    }

    protected WebTestClient.ResponseSpec post(UserId author, RoomId room, Map<String, ?> body) {
        return as(author).post().uri("/api/chat/rooms/{room}/messages", room).bodyValue(body).exchange();
    }

    protected WebTestClient.ResponseSpec postRaw(UserId author, String json) {
        return as(author)
            .post()
            .uri("/api/chat/rooms/{room}/messages", room)
            .contentType(MediaType.APPLICATION_JSON)
            .bodyValue(json)
            .exchange();
    }

    protected JsonNode posted(UserId author, String content) {
        return posted(author, Map.of("content", content));
    }

    protected JsonNode posted(UserId author, Map<String, ?> body) {
        return json(post(author, room, body).expectStatus().isCreated());
    }

    protected WebTestClient.ResponseSpec get(UserId user, String path, Object... variables) {
        return as(user).get().uri(path, variables).exchange();
    }

    protected static JsonNode json(WebTestClient.ResponseSpec answer) {
        return answer.expectBody(JsonNode.class).returnResult().getResponseBody();
    }

    protected static void assertProblem(WebTestClient.ResponseSpec answer, HttpStatus status, String code) {
        answer
            .expectStatus()
            .isEqualTo(status)
            .expectHeader()
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .expectBody()
            .jsonPath("$.code")
            .isEqualTo(code);
    }
}
