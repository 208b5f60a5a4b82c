package chat.parley.gateway;

import static chat.parley.gateway.Caller.assertProblem;
import static chat.parley.gateway.Caller.header;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import chat.parley.contracts.json.WireJson;
import chat.parley.testing.rooms.TestTokens;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Small buckets that hardly fill again; the tests stand behind a trusted proxy, so each may come from elsewhere. */
@GatewayTest
@TestPropertySource(
    properties = {
        "parley.gateway.trusted-proxies=127.0.0.1",
        "parley.gateway.limits.user=1/min burst 5",
        "parley.gateway.limits.address=1/min burst 6",
        "parley.gateway.limits.sending=1/min burst 2",
        "parley.gateway.limits.search=1/min burst 3",
        "parley.gateway.limits.upload=1/min burst 1",
        "parley.gateway.limits.registration=1/min burst 2",
    }
)
class LimitsWebTest {

    private static final String SEND = "/api/chat/rooms/r1/messages";
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    @LocalServerPort
    private int port;

    @Test
    void tellsOnEveryAnswerWhatIsLeft() {
        Caller ada = Caller.signedIn(port);

        allows(ada.get("/api/users/me"), 5, 4);
        allows(ada.get("/api/nothing"), 5, 3);
        allows(ada.get("/api/users/me", "X-Behave", "sour"), 5, 2);
        HttpResponse<String> away = ada.get("/api/chat/presence?user_ids=a");
        assertProblem(away, 503, "unavailable");
        allows(away, 5, 1);
        allows(ada.post("/api/chat/rooms", new byte[300_000]), 5, 0);
    }

    @Test
    void holdsBackWhoCallsTooOften() {
        Caller ada = Caller.signedIn(port);
        for (int i = 0; i < 5; i++) {
            assertThat(ada.get("/api/users/me").statusCode()).isEqualTo(200);
        }

        for (int i = 0; i < 3; i++) {
            HttpResponse<String> refused = ada.get("/api/users/me");

            assertProblem(refused, 429, "rate_limited");
            allows(refused, 5, 0);
            assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(50, 60);
            assertThat(refused.headers().firstValue("X-Upstream")).isEmpty();
            assertThat(refused.headers().firstValue("X-Request-Id")).isPresent();
        }
        allows(Caller.signedIn(port).get("/api/users/me"), 5, 4);
    }

    @ParameterizedTest
    @CsvSource(
        {
            "POST, /api/chat/rooms/r1/messages, 2",
            "POST, /api/chat/rooms/%72%31/%6Dessages, 2",
            "GET, /api/chat/search?q=a, 3",
            "POST, /api/chat/upload, 1",
        }
    )
    void countsWhatCostsMoreOnItsOwnAsWell(String method, String path, int burst) {
        Caller ada = Caller.signedIn(port);
        for (int left = burst - 1; left >= 0; left--) {
            allows(call(ada, method, path), burst, left);
        }

        HttpResponse<String> refused = call(ada, method, path);

        assertProblem(refused, 429, "rate_limited");
        allows(refused, burst, 0);
        allows(ada.get("/api/users/me"), 5, 5 - burst - 1);
    }

    @Test
    void readingAMessageIsNoSending() {
        Caller ada = Caller.signedIn(port);

        allows(ada.get(SEND), 5, 4);
        allows(ada.post("/api/chat/messages/m1/read", new byte[0]), 5, 3);
    }

    @Test
    void countsStrangersByAddress() {
        String here = address();
        for (int left = 5; left >= 0; left--) {
            allows(stranger("/api/auth/login", here), 6, left);
        }

        assertProblem(stranger("/api/config", here), 429, "rate_limited");
        allows(stranger("/api/config", address()), 6, 5);
        allows(Caller.signedIn(port).get("/api/users/me", "X-Forwarded-For", here), 5, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/api/auth/register", "/%61pi/auth/register" })
    void countsRegistrationsByAddress(String path) {
        String here = address();
        for (int left = 1; left >= 0; left--) {
            allows(register(path, here), 2, left);
        }

        assertProblem(register(path, here), 429, "rate_limited");
        allows(register(path, address()), 2, 1);
        allows(stranger("/api/auth/login", here), 6, 3);
    }

    @Test
    void takesANetworkOfIpv6ForOneAddress() {
        int network = ADDRESSES.incrementAndGet();

        allows(stranger("/api/config", "2001:db8:0:" + network + "::1"), 6, 5);
        allows(stranger("/api/config", "[2001:db8:0:" + network + ":ffff::2]:4711"), 6, 4);
        allows(stranger("/api/config", "2001:db8:1:" + network + "::1"), 6, 5);
    }

    @Test
    void countsBadTokensForTheirAddressAndForNoUser() {
        UserId ada = UserId.random();
        String here = address();
        Caller forger = new Caller(port, TestTokens.forged(ada));

        for (int left = 5; left >= 0; left--) {
            HttpResponse<String> answer = forger.get("/api/users/me", "X-Forwarded-For", here);
            assertProblem(answer, 401, "unauthenticated");
            allows(answer, 6, left);
        }

        assertProblem(stranger("/api/auth/login", here), 429, "rate_limited");
        allows(new Caller(port, TestTokens.of(ada)).get("/api/users/me"), 5, 4);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "/",
            "/assets/test-1a2b3c.js",
            "/media/a/original/b.png?sig=x",
            "/apps/parley/events",
            "/nothing.png",
        }
    )
    void countsNeitherTheClientNorFilesNorThePusherProtocol(String path) {
        HttpResponse<String> answer = Caller.signedIn(port).get(path);

        assertThat(answer.headers().firstValue("RateLimit-Limit")).isEmpty();
    }

    @Test
    void leavesAServiceItsOwnLimits() {
        HttpResponse<String> refused = Caller.signedIn(port).get("/api/users/me", "X-Behave", "limiting");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().allValues("RateLimit-Limit")).containsExactly("77");
        assertThat(refused.headers().allValues("Retry-After")).containsExactly("9");
    }

    @Test
    void tellsClientsItsLimits() {
        HttpResponse<String> answer = stranger("/api/config", address());
        JsonNode requests = WireJson.mapper().readTree(answer.body()).get("limits").get("requests");

        assertThat(requests.propertyNames()).containsExactlyInAnyOrderElementsOf(
            List.of("user", "address", "sending", "search", "upload", "registration")
        );
        assertThat(requests.get("sending").get("burst").intValue()).isEqualTo(2);
        assertThat(requests.get("sending").get("per_minute").doubleValue()).isEqualTo(1);
    }

    private HttpResponse<String> stranger(String path, String address) {
        return Caller.anonymous(port).get(path, "X-Forwarded-For", address);
    }

    private HttpResponse<String> register(String path, String address) {
        return Caller.anonymous(port).post(path, new byte[0], "X-Forwarded-For", address);
    }

    private static HttpResponse<String> call(Caller caller, String method, String path) {
        return method.equals("POST") ? caller.post(path, new byte[0]) : caller.get(path);
    }

    private static void allows(HttpResponse<String> answer, int limit, int remaining) {
        assertThat(header(answer, "RateLimit-Limit")).isEqualTo(Integer.toString(limit));
        assertThat(header(answer, "RateLimit-Remaining")).isEqualTo(Integer.toString(remaining));
        assertThat(Integer.parseInt(header(answer, "RateLimit-Reset"))).isBetween(
            1,
            60 * (limit - remaining)
        );
    }

    /** One that no other test has. */
    private static String address() {
        return "198.51.100." + ADDRESSES.incrementAndGet();
    }
}
