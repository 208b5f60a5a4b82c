package chat.parley.room;

import chat.parley.contracts.UserId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** Somebody who is signed in and uses the API. */
public final class Person {

    public static final String PASSWORD = "correct-horse-battery";

    private final WebTestClient api;
    private final JsonNode session;

    private Person(WebTestClient api, JsonNode session) {
        this.api = api;
        this.session = session;
    }

    /** Somebody new, whose name is as given and whose username is nobody else's. */
    public static Person called(String name, WebTestClient api) {
        String username =
            name.toLowerCase(java.util.Locale.ROOT) + "-" + UUID.randomUUID().toString().substring(0, 12);
        return new Person(
            api,
            json(
                api
                    .post()
                    .uri("/api/auth/register")
                    .bodyValue(Map.of("username", username, "name", name, "password", PASSWORD))
                    .exchange()
                    .expectStatus()
                    .isCreated()
            )
        );
    }

    public static List<Person> called(WebTestClient api, String... names) {
        return Arrays.stream(names)
            .map(name -> called(name, api))
            .toList();
    }

    public String id() {
        return session.at("/user/id").asString();
    }

    public UserId userId() {
        return UserId.of(id());
    }

    public String username() {
        return session.at("/user/username").asString();
    }

    public String token() {
        return session.get("access_token").asString();
    }

    public String refreshToken() {
        return session.get("refresh_token").asString();
    }

    public ResponseSpec gets(String path) {
        return api
            .get()
            .uri(path)
            .headers(headers -> headers.setBearerAuth(token()))
            .exchange();
    }

    public ResponseSpec posts(String path, Object body) {
        return api
            .post()
            .uri(path)
            .contentType(MediaType.APPLICATION_JSON)
            .headers(headers -> headers.setBearerAuth(token()))
            .bodyValue(body)
            .exchange();
    }

    public ResponseSpec puts(String path, Object body) {
        return api
            .put()
            .uri(path)
            .contentType(MediaType.APPLICATION_JSON)
            .headers(headers -> headers.setBearerAuth(token()))
            .bodyValue(body)
            .exchange();
    }

    public ResponseSpec deletes(String path) {
        return api
            .delete()
            .uri(path)
            .headers(headers -> headers.setBearerAuth(token()))
            .exchange();
    }

    /** Opens a room with these in it, and gives its id. */
    public String opens(String type, Person... others) {
        return json(
            posts(
                "/api/chat/rooms",
                Map.of("type", type, "name", "A " + type + " room", "member_ids", ids(others))
            )
        )
            .get("id")
            .asString();
    }

    /** The room as this person sees it. */
    public JsonNode sees(String room) {
        return json(gets("/api/chat/rooms/" + room).expectStatus().isOk());
    }

    public ResponseSpec adds(Person other, String room) {
        return posts("/api/chat/rooms/" + room + "/members", Map.of("user_id", other.id()));
    }

    public ResponseSpec joins(String room) {
        return adds(this, room);
    }

    public ResponseSpec removes(Person other, String room) {
        return deletes("/api/chat/rooms/" + room + "/members/" + other.id());
    }

    public ResponseSpec leaves(String room) {
        return removes(this, room);
    }

    public ResponseSpec makes(Person other, String role, String room) {
        return puts("/api/chat/rooms/" + room + "/members/" + other.id(), Map.of("role", role));
    }

    public static JsonNode json(ResponseSpec answer) {
        return answer.expectBody(JsonNode.class).returnResult().getResponseBody();
    }

    /** The values of one field of each of a page's items. */
    public static List<String> each(JsonNode page, String pointer) {
        return page
            .get("data")
            .valueStream()
            .map(item -> item.at(pointer).asString())
            .toList();
    }

    private static List<String> ids(Person... people) {
        return Stream.of(people).map(Person::id).toList();
    }
}
