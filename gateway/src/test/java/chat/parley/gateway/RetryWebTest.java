package chat.parley.gateway;

import static chat.parley.gateway.Caller.assertProblem;
import static chat.parley.gateway.Caller.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Its breakers stay closed, however much fails here. */
@GatewayTest
@TestPropertySource(properties = "parley.gateway.upstreams.minimum-calls=100000")
class RetryWebTest {

    private final String testCase = UUID.randomUUID().toString();

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = { "dying-first", "busy-first" })
    void asksAgainWhereThatDoesNoHarm(String behaviour) {
        HttpResponse<String> answer = get(behaviour);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-First")).isEmpty();
        assertThat(answer.headers().allValues("X-Upstream")).containsExactly("room");
        assertThat(Upstream.attempts(testCase)).isEqualTo(2);
    }

    @Test
    void asksForHeadersAgainAsWell() {
        HttpResponse<String> answer = Caller.signedIn(port).send(
            Caller.signedIn(port)
                .request("/api/users/me", "X-Behave", "dying-first", "X-Case", testCase)
                .method("HEAD", BodyPublishers.noBody())
        );

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Upstream.attempts(testCase)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({ "dying-first", "busy-first", "dead", "resetting" })
    void neverDoesAnythingTwice(String behaviour) {
        HttpResponse<String> answer = Caller.signedIn(port).post(
            "/api/users/me",
            new byte[3],
            "X-Behave",
            behaviour,
            "X-Case",
            testCase
        );

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Upstream.attempts(testCase)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "dead", "resetting" })
    void givesUpAfterTheSecondTry(String behaviour) {
        assertProblem(get(behaviour), 503, "unavailable");
        assertThat(Upstream.attempts(testCase)).isEqualTo(2);
    }

    @Test
    void leavesAServiceAloneThatAsksForIt() {
        HttpResponse<String> answer = get("busy");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(header(answer, "Retry-After")).isEqualTo("7");
        assertThat(Upstream.attempts(testCase)).isEqualTo(1);
    }

    @Test
    void waitsOnceOnly() {
        assertProblem(get("silent"), 503, "unavailable");
        assertThat(Upstream.attempts(testCase)).isEqualTo(1);
    }

    @Test
    void breaksOffWhatAServiceBreaksOff() {
        assertThatThrownBy(() -> get("half")).isInstanceOf(UncheckedIOException.class);
        assertThat(Upstream.attempts(testCase)).isEqualTo(1);
    }

    /** A short answer is only begun when there is all of it. */
    @Test
    void saysSoWhereAServiceBreaksAShortAnswerOff() {
        assertProblem(get("half-short"), 503, "unavailable");
        assertThat(Upstream.attempts(testCase)).isEqualTo(1);
    }

    private HttpResponse<String> get(String behaviour) {
        return Caller.signedIn(port).get("/api/users/me", "X-Behave", behaviour, "X-Case", testCase);
    }
}
