package chat.parley.gateway;

import static chat.parley.gateway.Caller.assertProblem;
import static chat.parley.gateway.Caller.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Each test has a route of its own, for breakers remember. */
@GatewayTest
@TestPropertySource(
    properties = {
        "parley.gateway.upstreams.minimum-calls=6",
        "parley.gateway.upstreams.slow=150ms",
        "parley.gateway.upstreams.rest=1500ms",
    }
)
class BreakerWebTest {

    private final String testCase = UUID.randomUUID().toString();

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @Test
    void leavesARouteAloneWhoseServiceDiesAndComesBackToIt() {
        String path = "/api/chat/messages/m1/read";
        for (int i = 0; i < 6; i++) {
            assertProblem(post(path, "dead"), 503, "unavailable");
        }

        HttpResponse<String> refused = post(path, "well");

        assertProblem(refused, 503, "unavailable");
        assertThat(header(refused, "Retry-After")).isEqualTo("2");
        assertThat(refused.headers().firstValue("RateLimit-Limit")).isPresent();
        assertThat(Upstream.attempts(testCase)).isEqualTo(6);
        assertThat(metrics()).containsPattern(
            "resilience4j_circuitbreaker_state\\{.*name=\"messages\",state=\"open\"} 1"
        );
        assertThat(Caller.signedIn(port).get("/api/chat/rooms").statusCode()).isEqualTo(200);
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() -> assertThat(post(path, "well").statusCode()).isEqualTo(200));
    }

    @Test
    void takesWhatClientsDoWrongForNoFailure() {
        for (int i = 0; i < 20; i++) {
            assertThat(post("/api/chat/rooms", "sour").statusCode()).isEqualTo(418);
        }

        assertThat(post("/api/chat/rooms", "well").statusCode()).isEqualTo(200);
    }

    @Test
    void leavesARouteAloneWhoseServiceIsSlow() {
        for (int i = 0; i < 6; i++) {
            assertThat(post("/api/users/me", "slow").statusCode()).isEqualTo(200);
        }

        assertProblem(post("/api/users/me", "well"), 503, "unavailable");
    }

    @Test
    void giveUploadsTheirTime() {
        for (int i = 0; i < 6; i++) {
            assertThat(post("/api/chat/upload", "slow").statusCode()).isEqualTo(200);
        }

        assertThat(post("/api/chat/upload", "well").statusCode()).isEqualTo(200);
    }

    /** Each began as a whole one and was counted so: half of the calls have failed by now. */
    @Test
    void countsHalfAnswers() {
        Awaitility.await()
            .pollInterval(Duration.ofMillis(1))
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() ->
                assertThatCode(() -> post("/api/chat/media/m1", "half")).doesNotThrowAnyException()
            );

        assertThat(Upstream.attempts(testCase)).isGreaterThanOrEqualTo(3);
        assertProblem(post("/api/chat/media/m1", "well"), 503, "unavailable");
    }

    @Test
    void countsHalfAnswersThatAreShort() {
        String path = "/broadcasting/auth";
        for (int i = 0; i < 3; i++) {
            assertProblem(post(path, "half-short"), 503, "unavailable");
        }

        assertProblem(post(path, "well"), 503, "unavailable");
        assertThat(Upstream.attempts(testCase)).isEqualTo(3);
    }

    private HttpResponse<String> post(String path, String behaviour) {
        return Caller.signedIn(port).post(path, new byte[3], "X-Behave", behaviour, "X-Case", testCase);
    }

    private String metrics() {
        return Caller.anonymous(managementPort).get("/actuator/prometheus").body();
    }
}
