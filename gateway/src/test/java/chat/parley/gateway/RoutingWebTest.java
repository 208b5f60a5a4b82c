package chat.parley.gateway;

import static chat.parley.gateway.Caller.assertProblem;
import static chat.parley.gateway.Caller.header;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import chat.parley.service.security.Secret;
import chat.parley.service.security.ServiceTokens;
import chat.parley.testing.rooms.TestTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

@GatewayTest
class RoutingWebTest {

    private static final int USUAL_LIMIT = 256 * 1024;

    @LocalServerPort
    private int port;

    @Value("${parley.security.service-secret}")
    private Secret serviceSecret;

    @ParameterizedTest
    @CsvSource(
        {
            "/api/users/me, room",
            "/api/users?q=ad&limit=3, room",
            "/api/chat/rooms, room",
            "/api/chat/rooms/r1, room",
            "/api/chat/rooms/r1/members, room",
            "/api/chat/rooms/r1/members/u1, room",
            "/api/chat/rooms/r1/reads, room",
            "/api/chat/rooms/r1/messages?after=3, message",
            "/api/chat/messages/latest?room_ids=a, message",
            "/api/chat/messages/m1/reactions/%3Ax%3A, message",
            "/api/chat/search?q=%22a%20b%22, message",
            "/api/chat/media/m1, media",
            "/broadcasting/auth, realtime",
        }
    )
    void routesSignedInCallsAsTheyAre(String path, String service) {
        HttpResponse<String> answer = Caller.signedIn(port).get(path);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(header(answer, "X-Upstream")).isEqualTo(service);
        assertThat(header(answer, "X-Path")).isEqualTo(path);
        assertProblem(Caller.anonymous(port).get(path), 401, "unauthenticated");
    }

    @ParameterizedTest
    @CsvSource(
        {
            "/api/auth/login, room",
            "/api/auth/jwks.json, room",
            "/media/m1/original/%C3%BC%20b.png?exp=1&sig=x, media",
            "/apps/parley/events?auth_key=k, realtime",
        }
    )
    void routesOpenPathsWithoutATokenAndEvenWithABadOne(String path, String service) {
        HttpResponse<String> answer = Caller.anonymous(port).get(path);

        assertThat(header(answer, "X-Upstream")).isEqualTo(service);
        assertThat(header(answer, "X-Path")).isEqualTo(path);
        Caller expired = new Caller(port, TestTokens.expired(UserId.random()));
        assertThat(header(expired.get(path), "X-Upstream")).isEqualTo(service);
    }

    @Test
    void letsNoForgedTokenThrough() {
        UserId user = UserId.random();

        assertProblem(new Caller(port, TestTokens.forged(user)).get("/api/users/me"), 401, "unauthenticated");
        assertProblem(
            new Caller(port, TestTokens.fromOtherIssuer(user)).get("/api/users/me"),
            401,
            "unauthenticated"
        );
        assertProblem(new Caller(port, TestTokens.expired(user)).get("/api/users/me"), 401, "token_expired");
        assertProblem(new Caller(port, "a.b.c").get("/api/users/me"), 401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "/api/nothing", "/api/chat", "/api/chat/rooms/r1/secrets", "/actuator/health", "/appsx/y.z",
        }
    )
    void answersUnknownAddressesWithAProblem(String path) {
        assertProblem(Caller.signedIn(port).get(path), 404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(
        strings = { "/internal", "/internal/", "/internal/identities", "/internal/rooms/x/members/y" }
    )
    void hasNothingInternalWhoeverAsks(String path) {
        String service = new ServiceTokens("room-service", serviceSecret, Clock.systemUTC()).current();

        assertProblem(Caller.anonymous(port).get(path), 404, "not_found");
        assertProblem(Caller.signedIn(port).get(path), 404, "not_found");
        assertProblem(new Caller(port, "a.b.c").get(path), 404, "not_found");
        assertProblem(new Caller(port, service).get(path), 404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "/internal/media/lookup",
            "/api/users/../../internal/media/lookup",
            "/api/users/%2e%2e/%2e%2e/internal/x",
            "/api/users/..%2f..%2finternal/x",
            "/api/users//internal/x",
            "/api/users/me;x=/internal",
        }
    )
    void neverLetsAnyoneNearInternalAddresses(String path) {
        HttpResponse<String> answer = Caller.signedIn(port).get(path);

        assertThat(answer.statusCode()).isIn(400, 401, 404);
        assertThat(answer.headers().firstValue("X-Upstream")).isEmpty();
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(
        {
            "/api/users?q=100%|{ü}, 200, X-Path: /api/users?q=100%25%7C%7B%C3%BC%7D",
            "/api/users/%zz, 400, X-Request-Id: ",
            "/api/chat/rooms/{id}/nothing, 404, X-Request-Id: ",
        }
    )
    void readsAddressesThatNoStandardAllows(String address, int status, String header) throws IOException {
        String answer = raw(address);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("\r\n" + header);
    }

    /** The answer to an address, or with headers, that Java's own client refuses to send. */
    private String raw(String address, String... headers) throws IOException {
        String request =
            "GET " +
            address +
            " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " +
            TestTokens.of(UserId.random()) +
            "\r\n" +
            Stream.of(headers)
                .map(header -> header + "\r\n")
                .collect(Collectors.joining()) +
            "\r\n";
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void passesOnAndReturnsTheRequestsId() {
        HttpResponse<String> named = Caller.signedIn(port).get("/api/users/me", "X-Request-Id", "abc-1");
        HttpResponse<String> unnamed = Caller.signedIn(port).get("/api/users/me");

        assertThat(named.headers().allValues("X-Request-Id")).containsExactly("abc-1");
        assertThat(header(named, "saw-X-Request-Id")).isEqualTo("abc-1");
        assertThat(header(unnamed, "X-Request-Id"))
            .hasSize(36)
            .isEqualTo(header(unnamed, "saw-X-Request-Id"));
    }

    @Test
    void passesOnWhereARequestStandsInATrace() {
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        HttpResponse<String> answer = Caller.signedIn(port).get(
            "/api/users/me",
            "traceparent",
            parent,
            "tracestate",
            "a=1,b=2"
        );

        assertThat(header(answer, "saw-traceparent")).isEqualTo(parent);
        assertThat(header(answer, "saw-tracestate")).isEqualTo("a=1,b=2");
    }

    @Test
    void tellsWhereARequestCameFromAndBelievesNoClientAboutIt() {
        HttpResponse<String> answer = Caller.signedIn(port).get(
            "/api/users/me",
            "X-Forwarded-For",
            "6.6.6.6",
            "Forwarded",
            "for=6.6.6.6",
            "X-Real-IP",
            "6.6.6.6",
            "X-Forwarded-Prefix",
            "/evil"
        );

        assertThat(header(answer, "saw-X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(header(answer, "saw-X-Forwarded-Proto")).isEqualTo("http");
        assertThat(header(answer, "saw-X-Forwarded-Host")).isEqualTo("127.0.0.1:" + port);
        assertThat(answer.headers().map().toString()).doesNotContain("6.6.6.6", "/evil");
    }

    @Test
    void keepsHopByHopHeadersToItself() {
        HttpResponse<String> answer = Caller.signedIn(port).get(
            "/api/users/me",
            "TE",
            "trailers",
            "Proxy-Authorization",
            "x"
        );

        assertThat(header(answer, "saw-TE")).isEmpty();
        assertThat(header(answer, "saw-Proxy-Authorization")).isEmpty();
        assertThat(header(answer, "saw-Authorization")).startsWith("Bearer ");
    }

    @Test
    void keepsWhatTheConnectionNamesToItself() throws IOException {
        String answer = raw("/api/users/me", "Connection: X-Mine", "X-Mine: secret", "X-Theirs: plain");

        assertThat(answer).contains("saw-X-Theirs: plain").doesNotContain("saw-X-Mine", "secret");
    }

    @Test
    void endsBodiesThatAnnounceTooMuch() {
        Caller ada = Caller.signedIn(port);

        assertThat(header(ada.post("/api/chat/rooms", new byte[USUAL_LIMIT]), "X-Body-Size")).isEqualTo(
            "262144"
        );
        assertProblem(ada.post("/api/chat/rooms", new byte[USUAL_LIMIT + 1]), 413, "too_large");
    }

    @Test
    void endsBodiesThatGrowTooLarge() {
        Caller ada = Caller.signedIn(port);
        HttpResponse<String> fits = ada.send(
            ada
                .request("/api/chat/rooms")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[USUAL_LIMIT])))
        );
        HttpResponse<String> grows = ada.send(
            ada
                .request("/api/chat/rooms")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[USUAL_LIMIT + 1])))
        );

        assertThat(header(fits, "X-Body-Size")).isEqualTo("262144");
        assertProblem(grows, 413, "too_large");
    }

    @Test
    void takesLargerBodiesForUploadsThanElsewhere() {
        Caller ada = Caller.signedIn(port);

        assertThat(header(ada.post("/api/chat/upload", new byte[2 << 20]), "X-Body-Size")).isEqualTo(
            "2097152"
        );
        assertProblem(ada.post("/api/chat/upload", new byte[(2 << 20) + 1]), 413, "too_large");
    }

    @ParameterizedTest
    @CsvSource({ "/api/users/me, silent", "/api/users/me, dead", "/api/chat/presence?user_ids=a, well" })
    void answersForServicesThatDoNot(String path, String behaviour) {
        HttpResponse<String> answer = Caller.signedIn(port).get(path, "X-Behave", behaviour);

        assertProblem(answer, 503, "unavailable");
        assertThat(header(answer, "Retry-After")).isEqualTo("2");
    }

    @Test
    void passesOnWhatAServiceAnswers() {
        HttpResponse<String> answer = Caller.signedIn(port).get("/api/users/me", "X-Behave", "sour");

        assertThat(answer.statusCode()).isEqualTo(418);
        assertThat(header(answer, "X-Upstream")).isEqualTo("room");
    }

    @Test
    void passesOnThatThereIsNothingToSay() {
        Caller ada = Caller.signedIn(port);

        HttpResponse<String> answer = ada.send(ada.request("/api/users/me", "X-Behave", "nothing").DELETE());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "X-Upstream")).isEqualTo("room");
        assertThat(answer.headers().firstValue("Transfer-Encoding")).isEmpty();
        assertThat(answer.headers().firstValue("RateLimit-Limit")).isPresent();
    }

    @Test
    void tellsHowLongAnAnswerWouldBeWithoutGivingIt() {
        Caller ada = Caller.signedIn(port);

        HttpResponse<String> answer = ada.send(
            ada.request("/api/users/me", "X-Behave", "long-announced").method("HEAD", BodyPublishers.noBody())
        );

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).isEqualTo(Integer.toString(Upstream.LONG));
    }

    @ParameterizedTest
    @ValueSource(strings = { "long", "long-announced" })
    void passesLongAnswersOnAsTheyCome(String behaviour) {
        HttpResponse<String> answer = Caller.signedIn(port).get("/api/users/me", "X-Behave", behaviour);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(Upstream.LONG).hasLineCount(Upstream.LONG / 1_000);
    }
}
