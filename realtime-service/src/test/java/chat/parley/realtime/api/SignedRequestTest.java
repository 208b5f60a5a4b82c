package chat.parley.realtime.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.realtime.TestApps;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.AppKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;

/** The worked example of Pusher's documentation of its REST API, and what deviates from it. */
class SignedRequestTest {

    private static final String BODY =
        "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}";
    private static final Instant THEN = Instant.ofEpochSecond(1353088179);

    private final App app = new App(
        "3",
        TestApps.properties("278d425bdf160c739803", "7ad3773142a6692b25b8", AppKind.PLAIN)
    );

    private static SignedRequest request(String body, Map<String, String> changes) {
        var query = new LinkedMultiValueMap<String, String>();
        query.add("auth_key", "278d425bdf160c739803");
        query.add("auth_timestamp", "1353088179");
        query.add("auth_version", "1.0");
        query.add("body_md5", "ec365a775a4cd0599faeb73354201b6f");
        query.add("auth_signature", "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c");
        changes.forEach(query::set);
        return new SignedRequest("POST", "/apps/3/events", query, body.getBytes(StandardCharsets.UTF_8));
    }

    private void isRefused(SignedRequest request, Instant now, String because) {
        assertThatThrownBy(() -> request.requireSignedBy(app, now))
            .isInstanceOf(Unsigned.class)
            .hasMessageContaining(because);
    }

    @Test
    void acceptsTheDocumentedExample() {
        assertThatCode(() -> request(BODY, Map.of()).requireSignedBy(app, THEN)).doesNotThrowAnyException();
        assertThatCode(() ->
            request(BODY, Map.of()).requireSignedBy(app, THEN.plusSeconds(600))
        ).doesNotThrowAnyException();
    }

    @Test
    void refusesWhatIsNotOfNow() {
        isRefused(request(BODY, Map.of()), THEN.plusSeconds(601), "auth_timestamp");
        isRefused(request(BODY, Map.of()), THEN.minusSeconds(601), "auth_timestamp");
        isRefused(request(BODY, Map.of("auth_timestamp", "yesterday")), THEN, "auth_timestamp");
        isRefused(request(BODY, Map.of("auth_timestamp", "-9223372036854775808")), THEN, "auth_timestamp");
    }

    @Test
    void refusesAnotherBody() {
        isRefused(request(BODY + " ", Map.of()), THEN, "body_md5");
    }

    @Test
    void refusesAnythingThatWasNotSigned() {
        isRefused(request(BODY, Map.of("info", "user_count")), THEN, "auth_signature");
        isRefused(request(BODY, Map.of("auth_signature", "0".repeat(64))), THEN, "auth_signature");
        isRefused(request(BODY, Map.of("auth_key", "another")), THEN, "auth_key");
        isRefused(request(BODY, Map.of("auth_version", "2.0")), THEN, "auth_version");
    }
}
