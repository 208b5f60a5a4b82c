package chat.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.json.WireJson;
import chat.parley.testing.rooms.FakeIssuer;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

@GatewayTest
@TestPropertySource(properties = "parley.gateway.limits.user=1/min burst 5")
class OutsideIssuerWebTest {

    private static final FakeIssuer ISSUER = FakeIssuer.start();

    @DynamicPropertySource
    static void outside(DynamicPropertyRegistry properties) {
        properties.add("PARLEY_AUTH_ISSUER_URI", ISSUER::uri);
        properties.add("PARLEY_AUTH_AUDIENCE", () -> "parley");
    }

    @LocalServerPort
    private int port;

    @Test
    void isToldToClients() {
        JsonNode auth = WireJson.mapper()
            .readTree(Caller.anonymous(port).get("/api/config").body())
            .get("auth");

        assertThat(auth.get("issuer").stringValue()).isEqualTo(ISSUER.uri());
        assertThat(auth.get("audience").stringValue()).isEqualTo("parley");
    }

    /** By themself, without room-service: a user's calls are counted together, another's apart. */
    @Test
    void hasItsPeopleLetThroughAndToldApart() {
        assertThat(remaining(ISSUER.token("ada", Map.of()))).isEqualTo(4);
        assertThat(remaining(ISSUER.token("ada", Map.of("name", "Ada")))).isEqualTo(3);
        assertThat(remaining(ISSUER.token("bob", Map.of()))).isEqualTo(4);
    }

    @Test
    void isTheOnlyOne() {
        HttpResponse<String> answer = new Caller(port, FakeIssuer.start().token("ada", Map.of())).get(
            "/api/users/me"
        );

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    private int remaining(String token) {
        HttpResponse<String> answer = new Caller(port, token).get("/api/users/me");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Upstream")).contains("room");
        return answer.headers().firstValue("RateLimit-Remaining").map(Integer::parseInt).orElseThrow();
    }
}
