package chat.parley.gateway;

import static chat.parley.gateway.Caller.assertProblem;
import static chat.parley.gateway.Caller.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

@GatewayTest
@TestPropertySource(
    properties = {
        "PARLEY_CORS_ORIGINS=https://a.example.org,http://localhost:3000",
        "PARLEY_MEDIA_PUBLIC_URL=https://files.example.org:8443/some/path",
    }
)
class CrossOriginWebTest {

    private static final String HOME = "https://a.example.org";

    @LocalServerPort
    private int port;

    @Test
    void answersTheQuestionsOfBrowsersOnceAnHour() {
        HttpResponse<String> answer = preflight(HOME, "/api/users/me");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(HOME);
        assertThat(header(answer, "Access-Control-Allow-Methods")).contains("PUT");
        assertThat(header(answer, "Access-Control-Allow-Headers")).isEqualTo("authorization, x-socket-id");
        assertThat(header(answer, "Access-Control-Max-Age")).isEqualTo("3600");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(answer.headers().firstValue("RateLimit-Limit")).isEmpty();
        assertThat(answer.headers().firstValue("X-Upstream")).isEmpty();
    }

    @Test
    void letsThePagesOfItsOriginsReadWhateverIsAnswered() {
        Caller ada = Caller.signedIn(port);

        for (HttpResponse<String> answer : List.of(
            ada.get("/api/users/me", "Origin", HOME),
            ada.get("/api/nothing", "Origin", HOME),
            ada.get("/api/users/me", "Origin", HOME, "X-Behave", "dead"),
            Caller.anonymous(port).get("/api/users/me", "Origin", HOME)
        )) {
            assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly(HOME);
            assertThat(header(answer, "Access-Control-Expose-Headers")).contains(
                "RateLimit-Remaining",
                "Retry-After",
                "X-Request-Id"
            );
            assertThat(answer.headers().allValues("Vary").toString()).contains("Origin");
        }
    }

    @Test
    void refusesThePagesOfOthers() {
        HttpResponse<String> question = preflight("https://evil.example.org", "/api/users/me");
        HttpResponse<String> call = Caller.signedIn(port).get(
            "/api/users/me",
            "Origin",
            "https://a.example.org.evil.org"
        );

        assertThat(question.statusCode()).isEqualTo(403);
        assertThat(call.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(call.headers().firstValue("X-Upstream")).isEmpty();
    }

    @Test
    void isNoneOfTheBusinessOfCallsFromHere() {
        assertThat(Caller.signedIn(port).get("/api/users/me").statusCode()).isEqualTo(200);
        assertProblem(Caller.anonymous(port).get("/api/users/me"), 401, "unauthenticated");
    }

    @Test
    void showsPicturesFromWhereTheyAre() {
        assertThat(header(Caller.anonymous(port).get("/"), "Content-Security-Policy"))
            .contains("img-src 'self' blob: data: https://files.example.org:8443;")
            .contains("media-src 'self' blob: https://files.example.org:8443;");
    }

    private HttpResponse<String> preflight(String origin, String path) {
        Caller browser = Caller.anonymous(port);
        return browser.send(
            browser
                .request(
                    path,
                    "Origin",
                    origin,
                    "Access-Control-Request-Method",
                    "PUT",
                    "Access-Control-Request-Headers",
                    "authorization,x-socket-id"
                )
                .method("OPTIONS", BodyPublishers.noBody())
        );
    }
}
