package chat.parley.room;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What every refusal must look like. */
public final class Refusal {

    private Refusal() {}

    public static void of(ResponseSpec answer, int status, String code) {
        answer
            .expectStatus()
            .isEqualTo(status)
            .expectHeader()
            .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
            .expectBody()
            .jsonPath("$.code")
            .isEqualTo(code)
            .jsonPath("$.status")
            .isEqualTo(status);
    }
}
