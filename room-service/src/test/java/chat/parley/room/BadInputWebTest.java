package chat.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Whatever a client sends, it hears what is wrong with it, and nothing of how the service is made. */
@RoomServiceTest
class BadInputWebTest {

    private static final String MEGABYTE = "x".repeat(1 << 20);

    @Autowired
    private WebTestClient api;

    @LocalServerPort
    private int port;

    private Person anna;
    private String room;

    @BeforeEach
    void annaInHerRoom() {
        anna = Person.called("Anna", api);
        room = anna.opens("group");
    }

    /** Every call that takes a body: method, path, a body with one text or value to be replaced, and how. */
    static Stream<Arguments> calls() {
        return Stream.of(
            Arguments.of("POST", "/api/auth/register", "{\"username\":%s,\"name\":%1$s,\"password\":%1$s}"),
            Arguments.of("POST", "/api/auth/login", "{\"username\":%s,\"password\":%1$s}"),
            Arguments.of("POST", "/api/auth/refresh", "{\"refresh_token\":%s}"),
            Arguments.of("POST", "/api/auth/logout", "{\"refresh_token\":%s}"),
            Arguments.of("PUT", "/api/users/me", "{\"name\":%s,\"avatar\":%1$s}"),
            Arguments.of("POST", "/api/chat/rooms", "{\"type\":\"group\",\"name\":%s,\"topic\":%1$s}"),
            Arguments.of("POST", "/api/chat/rooms", "{\"type\":%s,\"name\":\"A\"}"),
            Arguments.of(
                "POST",
                "/api/chat/rooms",
                "{\"type\":\"group\",\"name\":\"A\",\"member_ids\":[%s]}"
            ),
            Arguments.of("PUT", "/api/chat/rooms/{room}", "{\"name\":%s,\"topic\":%1$s,\"avatar\":%1$s}"),
            Arguments.of("PUT", "/api/chat/rooms/{room}", "{\"retention_days\":%s}"),
            Arguments.of("POST", "/api/chat/rooms/{room}/members", "{\"user_id\":%s,\"role\":%1$s}"),
            Arguments.of("PUT", "/api/chat/rooms/{room}/members/{user}", "{\"role\":%s}")
        );
    }

    static Stream<Arguments> callsWithBadValues() {
        List<String> values = List.of(
            "\"nul \\u0000 nul\"",
            "\"half a pair \\ud83d\"",
            "\"line\\nbreak\"",
            "-42",
            "1.5",
            "true",
            "{}",
            "[\"a\"]",
            "[[]]",
            "99999999999999999999",
            "\"" + "x".repeat(60_000) + "\""
        );
        return calls().flatMap(call ->
            values.stream().map(value -> Arguments.of(call.get()[0], call.get()[1], call.get()[2], value))
        );
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("callsWithBadValues")
    void refusesValuesThatCannotBe(String method, String path, String template, String value) {
        EntityExchangeResult<byte[]> answer = call(method, path, template.formatted(value))
            .expectBody()
            .returnResult();

        String body = text(answer.getResponseBody());
        int status = answer.getStatus().value();
        assertThat(status).isIn(path.endsWith("/logout") ? List.of(204, 400) : List.of(400, 401, 422));
        assertThat(body).doesNotContainIgnoringCase("exception", "java", "sql", "jackson");
        if (status != 204) {
            assertThat(body).contains("\"code\":\"");
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("calls")
    void refusesBodiesThatAreNoJson(String method, String path, String template) {
        for (String body : List.of(
            "{",
            "",
            "null",
            "[]",
            "\"text\"",
            "{\"a\":}",
            "\u0000",
            "[".repeat(10_000)
        )) {
            ResponseSpec answer = call(method, path, body);
            assertThat(answer.returnResult(Void.class).getStatus().value()).as(body).isIn(400, 422);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("calls")
    void refusesBodiesThatAreTooLarge(String method, String path, String template) {
        Refusal.of(call(method, path, template.formatted("\"" + MEGABYTE + "\"")), 413, "too_large");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("calls")
    void refusesOtherMediaTypes(String method, String path, String template) {
        ResponseSpec answer = api
            .method(HttpMethod.valueOf(method))
            .uri(filled(path))
            .contentType(MediaType.TEXT_PLAIN)
            .headers(headers -> headers.setBearerAuth(anna.token()))
            .bodyValue("hello")
            .exchange();

        Refusal.of(answer, 415, "unsupported_media_type");
    }

    static Stream<Arguments> addresses() {
        return Stream.of(
            Arguments.of("/api/chat/rooms?cursor=nonsense", 400),
            Arguments.of("/api/chat/rooms?cursor=OTk5OTk5OTk5OTk5OTk5OTk5Cng", 400),
            Arguments.of("/api/chat/rooms?limit=0", 400),
            Arguments.of("/api/chat/rooms?limit=many", 400),
            Arguments.of("/api/chat/rooms?scope=secret", 422),
            Arguments.of("/api/chat/rooms?scope=public&q=%00", 200),
            Arguments.of("/api/chat/rooms?scope=public&q=%27%3A*%20%7C%20!", 200),
            Arguments.of("/api/chat/rooms?scope=public&cursor=AAo", 400),
            Arguments.of("/api/users?q=%00%27%5C", 200),
            Arguments.of("/api/users?q=a%27%20%7C%20b", 200),
            Arguments.of("/api/users?q=" + "x".repeat(3_000), 200),
            Arguments.of("/api/chat/rooms?scope=public&q=" + "%E3%82%AD".repeat(400), 200),
            Arguments.of("/api/users?cursor=AA", 400),
            Arguments.of("/api/users/1-1-1-1-1", 404),
            Arguments.of("/api/users/" + UUID.randomUUID(), 404),
            Arguments.of("/api/chat/rooms/nonsense", 404),
            Arguments.of("/api/chat/rooms/" + UUID.randomUUID(), 404),
            Arguments.of("/api/chat/rooms/" + UUID.randomUUID() + "/members", 404),
            Arguments.of("/api/chat/rooms/" + UUID.randomUUID() + "/reads", 404),
            Arguments.of("/api/nothing/here", 404)
        );
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("addresses")
    void answersOddAddresses(String address, int status) {
        api
            .get()
            .uri(URI.create("http://localhost:" + port + address))
            .headers(headers -> headers.setBearerAuth(anna.token()))
            .exchange()
            .expectStatus()
            .isEqualTo(status);
    }

    static Stream<Arguments> closedCalls() {
        return Stream.of(
            Arguments.of("GET", "/api/users/me"),
            Arguments.of("PUT", "/api/users/me"),
            Arguments.of("GET", "/api/users"),
            Arguments.of("GET", "/api/chat/rooms"),
            Arguments.of("POST", "/api/chat/rooms"),
            Arguments.of("DELETE", "/api/chat/rooms/{room}"),
            Arguments.of("POST", "/api/chat/rooms/{room}/members"),
            Arguments.of("GET", "/api/chat/rooms/{room}/reads"),
            Arguments.of("GET", "/internal/users/{user}"),
            Arguments.of("GET", "/internal/rooms/{room}/members/{user}")
        );
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("closedCalls")
    void wantsATokenOfItsOwn(String method, String path) {
        Refusal.of(
            api.method(HttpMethod.valueOf(method)).uri(filled(path)).exchange(),
            401,
            "unauthenticated"
        );
        for (String token : List.of("nonsense", forged(), unsigned())) {
            Refusal.of(
                api
                    .method(HttpMethod.valueOf(method))
                    .uri(filled(path))
                    .headers(headers -> headers.setBearerAuth(token))
                    .exchange(),
                401,
                "unauthenticated"
            );
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "/internal/users/{user}", "/internal/users/{user}/rooms" })
    void keepsPeopleOutOfWhatIsForServices(String path) {
        Refusal.of(anna.gets(filled(path)), 401, "unauthenticated");
    }

    /** Anna's own token with another user's id in it. */
    private String forged() {
        String[] parts = anna.token().split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String others = claims.replace(anna.id(), UUID.randomUUID().toString());
        return parts[0] + "." + encoded(others) + "." + parts[2];
    }

    /** A token that says of itself that it needs no signature. */
    private String unsigned() {
        return encoded("{\"alg\":\"none\"}") + "." + anna.token().split("\\.")[1] + ".";
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private ResponseSpec call(String method, String path, String body) {
        return api
            .method(HttpMethod.valueOf(method))
            .uri(filled(path))
            .contentType(MediaType.APPLICATION_JSON)
            .headers(headers -> headers.setBearerAuth(anna.token()))
            .bodyValue(body)
            .exchange();
    }

    private String filled(String path) {
        return path.replace("{room}", room).replace("{user}", anna.id());
    }

    private static String text(byte[] body) {
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
    }
}
