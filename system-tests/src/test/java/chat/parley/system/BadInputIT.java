package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.system.Api.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What no client should send, sent to every endpoint that there is: the answer is one of the contract's problems,
 * and tells nothing of what is behind it.
 */
@WithParley
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);
    private static final String NOWHERE = "01990000-1111-7222-8333-444455556666";
    private static final Set<String> CODES = Set.of(
        "malformed_request",
        "unauthenticated",
        "invalid_credentials",
        "token_expired",
        "forbidden",
        "not_found",
        "method_not_allowed",
        "conflict",
        "username_taken",
        "already_member",
        "last_admin",
        "gone",
        "too_large",
        "unsupported_media_type",
        "validation_failed",
        "quarantined",
        "rate_limited",
        "not_acceptable"
    );
    private static final List<String> INTERNALS = List.of(
        "exception",
        "chat.parley",
        "org.springframework",
        "java.",
        "at reactor",
        "stacktrace",
        "trace\":",
        "select ",
        "insert into",
        "mongo",
        "lettuce",
        "r2dbc"
    );

    private final Parley parley;
    private Api api;
    private Person anna;
    private Person stranger;
    private Room room;
    private JsonNode message;

    BadInputIT(Parley parley) {
        this.parley = parley;
    }

    @BeforeAll
    void meet() {
        anna = Person.signUp(parley, "Anna");
        stranger = Person.signUp(parley, "Stranger");
        room = anna.creates("garden");
        message = anna.posts("hi", room);
    }

    @BeforeEach
    void arriveFromElsewhere() {
        api = new Api(parley.url());
    }

    @AfterAll
    void part() {
        anna.close();
        stranger.close();
    }

    /** An endpoint, and a body that it would take. */
    record Endpoint(String method, String path, Map<String, ?> good, boolean open) {
        static Endpoint of(String method, String path, Map<String, ?> good) {
            return new Endpoint(method, path, good, false);
        }

        static Endpoint open(String method, String path, Map<String, ?> good) {
            return new Endpoint(method, path, good, true);
        }

        boolean takesABody() {
            return !good.isEmpty();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private Stream<Endpoint> endpoints() {
        String messagePath = "/api/chat/messages/" + message.path("id").asString();
        return Stream.of(
            Endpoint.open(
                "POST",
                "/api/auth/register",
                Map.of("username", "someone", "name", "Someone", "password", "x".repeat(12))
            ),
            Endpoint.open(
                "POST",
                "/api/auth/login",
                Map.of("username", "someone", "password", "wrong-password")
            ),
            Endpoint.open("POST", "/api/auth/refresh", Map.of("refresh_token", "none")),
            Endpoint.open("POST", "/api/auth/logout", Map.of("refresh_token", "none")),
            Endpoint.of("GET", "/api/users/me", Map.of()),
            Endpoint.of("GET", "/api/users?q=a", Map.of()),
            Endpoint.of("GET", "/api/users/" + NOWHERE, Map.of()),
            Endpoint.of("POST", "/api/chat/rooms", Map.of("name", "x", "type", "group")),
            Endpoint.of("GET", "/api/chat/rooms", Map.of()),
            Endpoint.of("GET", room.path(), Map.of()),
            Endpoint.of("GET", room.path() + "/members", Map.of()),
            Endpoint.of("POST", room.path() + "/members", Map.of("user_id", NOWHERE)),
            Endpoint.of("POST", room.path() + "/messages", Map.of("content", "x")),
            Endpoint.of("GET", room.path() + "/messages", Map.of()),
            Endpoint.of("GET", messagePath, Map.of()),
            Endpoint.of("POST", "/api/chat/upload", Map.of("file", "x")),
            Endpoint.of("GET", "/api/chat/media/" + NOWHERE, Map.of()),
            Endpoint.of("GET", "/api/chat/presence?user_ids=" + NOWHERE, Map.of()),
            Endpoint.of("PUT", "/api/chat/presence", Map.of("status", "away")),
            Endpoint.of("POST", room.path() + "/typing", Map.of("typing", true)),
            Endpoint.of(
                "POST",
                "/broadcasting/auth",
                Map.of("socket_id", "1.1", "channel_name", "private-chat." + NOWHERE)
            )
        );
    }

    private Stream<Endpoint> endpointsWithBody() {
        return endpoints().filter(Endpoint::takesABody);
    }

    private Stream<Endpoint> endpointsForPeople() {
        return endpoints().filter(endpoint -> !endpoint.open());
    }

    @ParameterizedTest
    @MethodSource("endpointsWithBody")
    void brokenBodiesAreRefused(Endpoint endpoint) {
        SoftAssertions all = new SoftAssertions();
        for (String body : List.of(
            "",
            "{",
            "[]",
            "null",
            "17",
            "\"text\"",
            "\u0000",
            "{\"a\":".repeat(2_000),
            "{\"a\": tru}",
            "<xml/>"
        )) {
            Answer answer = api.json(endpoint.method(), endpoint.path(), anna.token(), body);
            isAProblem(all, endpoint + " with " + abbreviated(body), answer, 400, 415, 422);
        }
        all.assertAll();
    }

    @ParameterizedTest
    @MethodSource("endpointsWithBody")
    void wrongTypesAreRefused(Endpoint endpoint) {
        SoftAssertions all = new SoftAssertions();
        for (String field : endpoint.good().keySet()) {
            for (Object value : List.of(
                17,
                List.of(List.of(1)),
                Map.of("$gt", ""),
                "\u0000\u0007",
                "x".repeat(20_000)
            )) {
                // Whoever signs out of a session that does not exist is signed out.
                if (value instanceof String && endpoint.path().equals("/api/auth/logout")) {
                    continue;
                }
                Map<String, Object> body = new HashMap<>(endpoint.good());
                body.put(field, value);
                Answer answer = api.json(endpoint.method(), endpoint.path(), anna.token(), body);
                String what = endpoint + " with " + field + " = " + abbreviated(String.valueOf(value));
                isAProblem(all, what, answer, 400, 401, 403, 404, 413, 415, 422);
            }
        }
        all.assertAll();
    }

    @ParameterizedTest
    @MethodSource("endpointsWithBody")
    void hugeBodiesAreRefused(Endpoint endpoint) {
        SoftAssertions all = new SoftAssertions();
        String key = endpoint.good().keySet().iterator().next();
        String body = "{\"" + key + "\": \"" + "x".repeat(3_000_000) + "\"}";

        isAProblem(
            all,
            endpoint + "",
            api.json(endpoint.method(), endpoint.path(), anna.token(), body),
            413,
            415
        );
        all.assertAll();
    }

    @ParameterizedTest
    @MethodSource("endpointsWithBody")
    void bodiesOfAnotherKindAreRefused(Endpoint endpoint) {
        SoftAssertions all = new SoftAssertions();
        for (String type : List.of("text/plain", "application/xml", "image/png", "no type at all")) {
            Answer answer = api.call(
                endpoint.method(),
                endpoint.path(),
                anna.token(),
                type,
                BodyPublishers.ofString("{}")
            );
            isAProblem(all, endpoint + " as " + type, answer, 400, 415, 422);
        }
        all.assertAll();
    }

    @ParameterizedTest
    @MethodSource("endpointsForPeople")
    void forgedTokensAreRefused(Endpoint endpoint) {
        SoftAssertions all = new SoftAssertions();
        JsonNode keys = api.call("GET", "/api/auth/jwks.json", null).require(200);
        Forgery forgery = Forgery.of(anna.token());
        for (String token : List.of(
            "x",
            "a.b.c",
            "x y",
            forgery.unsigned(),
            forgery.saidToBeUnsigned(),
            forgery.ofAnotherUser(stranger.id()),
            forgery.signedByAnotherKey(),
            forgery.signedWithThePublicKey(keys),
            "x".repeat(5_000)
        )) {
            Answer answer = api.json(endpoint.method(), endpoint.path(), token, endpoint.good());
            isAProblem(all, endpoint + " with the token " + abbreviated(token), answer, 401);
        }
        isAProblem(
            all,
            endpoint + " without a token",
            api.json(endpoint.method(), endpoint.path(), null, endpoint.good()),
            401
        );
        all.assertAll();
    }

    @Test
    void roomsOfOthersDoNotExist() {
        SoftAssertions all = new SoftAssertions();
        String messageId = message.path("id").asString();
        for (Endpoint endpoint : List.of(
            Endpoint.of("GET", room.path(), Map.of()),
            Endpoint.of("GET", room.path() + "/members", Map.of()),
            Endpoint.of("POST", room.path() + "/members", Map.of("user_id", stranger.id())),
            Endpoint.of("GET", room.path() + "/messages", Map.of()),
            Endpoint.of("POST", room.path() + "/messages", Map.of("content", "let me in")),
            Endpoint.of("GET", "/api/chat/messages/" + messageId, Map.of()),
            Endpoint.of("POST", room.path() + "/typing", Map.of("typing", true))
        )) {
            Answer there = api.json(endpoint.method(), endpoint.path(), stranger.token(), endpoint.good());
            Answer nowhere = api.json(
                endpoint.method(),
                endpoint.path().replace(room.id(), NOWHERE),
                stranger.token(),
                endpoint.good()
            );
            isAProblem(all, "stranger: " + endpoint, there, 404);
            all
                .assertThat(there.body().path("detail"))
                .as("%s", endpoint)
                .isEqualTo(nowhere.body().path("detail"));
        }
        isAProblem(all, "channel", stranger.mayJoin(room.channel()), 403);
        isAProblem(all, "another's channel", stranger.mayJoin("private-user." + anna.id()), 403);
        isAProblem(all, "no channel of ours", stranger.mayJoin("private-secrets"), 403);
        all.assertAll();
        assertThat(anna.history(room)).hasSize(1);
    }

    @Test
    void idsAndNumbersThatAreNoneAreRefused() {
        SoftAssertions all = new SoftAssertions();
        for (String path : List.of(
            "/api/chat/rooms/x",
            "/api/chat/rooms/1-1-1-1-1",
            "/api/chat/rooms/%00",
            "/api/chat/rooms/%2e%2e%2f",
            "/api/chat/rooms/" + "x".repeat(3_000),
            "/api/chat/messages/x",
            "/api/chat/messages/" + UUID.randomUUID(),
            "/api/chat/media/x",
            "/api/users/x",
            "/api/nowhere",
            "/actuator/env",
            "/actuator/health",
            room.path() + "/messages/x/y"
        )) {
            isAProblem(all, path, anna.get(path), 400, 404, 405);
        }
        // For services only, and not even they get there by the front door.
        isAProblem(all, "internal", anna.get("/internal/users/" + NOWHERE + "/rooms"), 401, 404);
        for (String query : List.of(
            room.path() + "/messages?before=x",
            room.path() + "/messages?after=-1",
            room.path() + "/messages?after=99999999999999999999",
            room.path() + "/messages?limit=0",
            room.path() + "/messages?limit=x",
            room.path() + "/messages?before=1&after=1",
            "/api/chat/rooms?cursor=x",
            "/api/chat/rooms?cursor=" + "x".repeat(600),
            "/api/chat/rooms?limit=-1",
            "/api/users?q=a&cursor=x",
            room.path() + "/members?cursor=x",
            "/api/chat/presence",
            "/api/chat/presence?user_ids=x"
        )) {
            isAProblem(all, query, anna.get(query), 400, 422);
        }
        all.assertAll();
    }

    @Test
    void methodsThatDoNotExistAreRefused() {
        SoftAssertions all = new SoftAssertions();
        for (Endpoint endpoint : endpoints().toList()) {
            for (String method : List.of("PATCH", "DELETE", "TRACE")) {
                // What can really be deleted is left alone.
                if (
                    method.equals("DELETE") &&
                    (endpoint.path().equals(room.path()) || endpoint.path().contains("/messages/"))
                ) {
                    continue;
                }
                Answer answer = api.call(method, endpoint.path(), anna.token());
                isAProblem(all, method + " " + endpoint.path(), answer, 400, 404, 405);
            }
        }
        all.assertAll();
    }

    @Test
    void messagesKeepTheirForm() {
        SoftAssertions all = new SoftAssertions();
        for (Map<String, ?> body : List.<Map<String, ?>>of(
            Map.of(),
            Map.of("content", ""),
            Map.of("content", "x".repeat(8_001)),
            Map.of("content", "bell \u0007"),
            Map.of("content", "x", "parent_id", NOWHERE),
            Map.of("content", "x", "parent_id", ""),
            Map.of("content", "x", "client_id", "x".repeat(1_000)),
            Map.of("content", "x", "attachment_ids", List.of(NOWHERE)),
            Map.of("content", "x", "attachment_ids", List.of("x")),
            Map.of("content", "x", "attachment_ids", "x")
        )) {
            Answer answer = anna.post(room.path() + "/messages", body);
            isAProblem(all, "message " + abbreviated(body.toString()), answer, 400, 404, 422);
        }
        all.assertAll();
        assertThat(anna.history(room)).hasSize(1);
    }

    @Test
    void accountsKeepTheirForm() {
        SoftAssertions all = new SoftAssertions();
        Map<String, String> good = Map.of(
            "username",
            "no.one",
            "name",
            "No One",
            "password",
            Person.PASSWORD
        );
        for (Map.Entry<String, String> flaw : List.of(
            Map.entry("username", "ab"),
            Map.entry("username", "a b c"),
            Map.entry("username", ".dot"),
            Map.entry("username", "x".repeat(33)),
            Map.entry("name", ""),
            Map.entry("name", "x".repeat(81)),
            Map.entry("password", "short"),
            Map.entry("password", "x".repeat(129))
        )) {
            Map<String, String> body = new HashMap<>(good);
            body.put(flaw.getKey(), flaw.getValue());
            Answer answer = api.json("POST", "/api/auth/register", null, body);
            isAProblem(all, "register " + flaw, answer, 422);
            all
                .assertThat(answer.body().path("errors").path(0).path("field").asString())
                .isEqualTo(flaw.getKey());
        }
        Map<String, String> taken = new HashMap<>(good);
        taken.put("username", anna.username().toUpperCase(Locale.ROOT));
        isAProblem(all, "taken", api.json("POST", "/api/auth/register", null, taken), 409);
        all.assertAll();
    }

    @Test
    void whoGuessesLearnsNothing() {
        Answer unknown = api.json(
            "POST",
            "/api/auth/login",
            null,
            Map.of("username", "nobody.at.all", "password", Person.PASSWORD)
        );
        Answer wrong = api.json(
            "POST",
            "/api/auth/login",
            null,
            Map.of("username", anna.username(), "password", "wrong-horse-battery")
        );

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo(unknown.body());
        assertThat(wrong.body().path("code").asString()).isEqualTo("invalid_credentials");
    }

    @Test
    void brokenUploadsAreRefused() {
        SoftAssertions all = new SoftAssertions();
        for (String body : List.of(
            "",
            "--b",
            "--b\r\n\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b--\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--b--\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\ncut off"
        )) {
            Answer answer = api.call(
                "POST",
                "/api/chat/upload",
                anna.token(),
                "multipart/form-data; boundary=b",
                BodyPublishers.ofString(body)
            );
            isAProblem(all, "upload of " + abbreviated(body), answer, 400, 415, 422);
        }
        isAProblem(all, "unsigned", api.call("GET", "/media/" + NOWHERE + "/original/x.png", null), 403, 404);
        isAProblem(
            all,
            "wrongly signed",
            api.call("GET", "/media/" + NOWHERE + "/original/x.png?exp=99999999999&sig=abc", null),
            403,
            404
        );
        all.assertAll();
    }

    @Test
    void garbageOnASocketHarmsNobody() {
        anna.opens(room);
        for (String garbage : List.of(
            "",
            "{",
            "null",
            "[]",
            "17",
            "\u0000",
            "{}",
            "{\"event\": 17}",
            "{\"event\": \"nonsense\"}",
            "{\"event\": \"pusher:subscribe\"}",
            "{\"event\": \"pusher:subscribe\", \"data\": \"{\"}",
            "{\"event\": \"pusher:subscribe\", \"data\": {\"channel\": 17}}",
            "{\"event\": \"pusher:subscribe\", \"data\": {\"channel\": \"" + room.channel() + "\"}}",
            "{\"event\": \"pusher:subscribe\", \"data\": {\"channel\": \"bad channel\"}}",
            "{\"event\": \"client-typing\", \"channel\": \"" + room.channel() + "\", \"data\": {}}",
            "{\"event\": \"pusher:signin\", \"data\": {\"auth\": \"x\", \"user_data\": \"{}\"}}",
            "{\"event\": \"pusher_internal:subscription_succeeded\"}",
            "{\"a\":".repeat(2_000),
            "x".repeat(200_000)
        )) {
            try (PusherSocket socket = PusherSocket.open(parley.url(), Address.next())) {
                socket.send(garbage);
                stillAnswersOrHasBeenClosed(socket, garbage);
                assertThat(socket.frames().all())
                    .filteredOn(frame -> frame.event().equals("pusher_internal:subscription_succeeded"))
                    .as("after %s", abbreviated(garbage))
                    .isEmpty();
                assertThat(socket.frames().all()).allSatisfy(frame -> tellsNothing(frame.toString()));
            }
        }
        anna.posts("still here", room);
        anna.receives("still here").within(TWO_SECONDS);
    }

    private static void stillAnswersOrHasBeenClosed(PusherSocket socket, String garbage) {
        try {
            socket.send("pusher:ping", Map.of());
        } catch (CompletionException closed) {
            return;
        }
        boolean answers = socket
            .frames()
            .await(frame -> frame.event().equals("pusher:pong"), TWO_SECONDS)
            .isPresent();
        assertThat(answers || !socket.closings().all().isEmpty())
            .as("a pong or a closing after %s", abbreviated(garbage))
            .isTrue();
    }

    private static void isAProblem(SoftAssertions all, String what, Answer answer, Integer... statuses) {
        all
            .assertThat(answer.status())
            .as("%s: %s", what, abbreviated(answer.text()))
            .isIn((Object[]) statuses);
        all
            .assertThat(answer.header("Content-Type"))
            .as("%s gave %s %s", what, answer.status(), abbreviated(answer.text()))
            .startsWith("application/problem+json");
        all.assertThat(answer.body().path("status").asInt(0)).as(what).isEqualTo(answer.status());
        all.assertThat(CODES).as(what).contains(answer.body().path("code").asString());
        all
            .assertThatCode(() -> tellsNothing(answer.text()))
            .as(what)
            .doesNotThrowAnyException();
    }

    private static void tellsNothing(String text) {
        assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain(INTERNALS);
    }

    private static String abbreviated(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "… (" + text.length() + ")";
    }
}
