package chat.parley.gateway;

import static chat.parley.gateway.Caller.assertProblem;
import static chat.parley.gateway.Caller.header;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.json.WireJson;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The files are those of the test's own class path, below META-INF/resources as the web client's build leaves them. */
@GatewayTest
class PagesWebTest {

    private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = { "/", "/index.html", "/rooms/0199", "/sign-in", "/rooms/a/threads/b" })
    void givesThePageToBrowsersThatNavigate(String path) {
        HttpResponse<String> answer = anonymous().get(path, "Accept", HTML);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).startsWith("text/html");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.body()).contains("<div id=\"root\">");
        assertThat(
            anonymous().get(path, "Accept", HTML, "If-None-Match", header(answer, "ETag")).statusCode()
        ).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
        strings = { "/api/nothing", "/app", "/media/x", "/actuator/health", "/assets/gone.js", "/gone.png" }
    )
    void givesThePageToNobodyWhoAsksForSomethingElse(String path) {
        HttpResponse<String> answer = Caller.signedIn(port).get(path, "Accept", HTML);

        assertThat(answer.body()).doesNotContain("<div id=\"root\">");
    }

    @Test
    void answersScriptsThatMissAFileWithAProblem() {
        assertProblem(anonymous().get("/rooms/0199", "Accept", "*/*"), 404, "not_found");
    }

    @Test
    void letsBrowsersKeepWhatHasAHashInItsName() {
        HttpResponse<String> asset = anonymous().get("/assets/test-1a2b3c.js");
        HttpResponse<String> icon = anonymous().get("/test-icon.svg");

        assertThat(header(asset, "Cache-Control")).contains("max-age=31536000", "immutable");
        assertThat(header(icon, "Cache-Control")).isEqualTo("no-cache");
        assertThat(
            anonymous().get("/test-icon.svg", "If-None-Match", header(icon, "ETag")).statusCode()
        ).isEqualTo(304);
    }

    @Test
    void compressesTextAndLeavesTheRest() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + "/assets/test-1a2b3c.js")
        )
            .header("Accept-Encoding", "gzip")
            .build();

        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        String text = new String(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes());
        assertThat(text).startsWith("// test").hasSizeGreaterThan(answer.body().length);
        HttpResponse<String> media = anonymous().get("/media/a/original/b.json", "Accept-Encoding", "gzip");
        assertThat(media.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void protectsEveryAnswer() {
        for (String path : List.of(
            "/",
            "/api/users/me",
            "/api/nothing",
            "/assets/test-1a2b3c.js",
            "/media/a/b/c"
        )) {
            HttpResponse<String> answer = anonymous().get(path);

            assertThat(header(answer, "Content-Security-Policy"))
                .as(path)
                .startsWith("default-src 'self'; img-src 'self' blob: data:")
                .contains("frame-ancestors 'none'", "object-src 'none'");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
        }
        assertThat(
            header(anonymous().get("/", "X-Forwarded-Proto", "https"), "Strict-Transport-Security")
        ).startsWith("max-age=31536000");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock = """
        If-None-Match       | x
        If-Match            | x
        If-Modified-Since   | yesterday
        If-Unmodified-Since | tomorrow
        If-Range            | x
        Range               | bytes=9-1
        Range               | bytes=99999999999999999999-
        Range               | bytes=0-0,1-1,x
        Accept              | x
        Accept              | a/b;q=x
        Accept-Encoding     | gzip;q=x, *;q=2
        Accept-Language     | ***
        Content-Type        | x
        Origin              | http://[
        Cookie              | =;==
        Authorization       | Bearer
        X-Forwarded-Proto   | https, http
        X-Request-Id        | {}
        """
    )
    void survivesOddHeaders(String name, String value) {
        for (String path : List.of(
            "/",
            "/test-icon.svg",
            "/assets/test-1a2b3c.js",
            "/api/config",
            "/api/users"
        )) {
            HttpResponse<String> answer = anonymous().get(path, name, value);

            assertThat(answer.statusCode()).as(path).isLessThan(500);
        }
        HttpResponse<String> preflight = anonymous().send(
            anonymous()
                .request("/api/config", name, value, "Access-Control-Request-Method", "GET")
                .method("OPTIONS", BodyPublishers.noBody())
        );
        assertThat(preflight.statusCode()).isLessThan(500);
    }

    @Test
    void sendsFilesWholeAndLeavesPartsOfUsersFilesToTheirService() {
        HttpResponse<String> icon = anonymous().get("/test-icon.svg", "Range", "bytes=1-2");
        HttpResponse<String> picture = anonymous().get("/media/a/original/b.png", "Range", "bytes=1-2");

        assertThat(icon.statusCode()).isEqualTo(200);
        assertThat(icon.body()).startsWith("<svg");
        assertThat(header(picture, "saw-Range")).isEqualTo("bytes=1-2");
    }

    @Test
    void tellsClientsWhatTheyNeedToKnow() {
        JsonNode config = json(anonymous().get("/api/config"));

        assertThat(config.get("realtime").get("key").stringValue()).isEqualTo("parley-key");
        assertThat(config.get("realtime").get("path").stringValue()).isEmpty();
        assertThat(config.get("limits").get("message_length").intValue()).isEqualTo(8000);
        assertThat(config.get("media").get("max_file_size").longValue()).isEqualTo(7L << 20);
        assertThat(config.get("auth").get("issuer").isNull()).isTrue();
    }

    @Test
    void describesItsApi() {
        JsonNode document = json(anonymous().get("/api/docs"));

        assertThat(document.get("openapi").stringValue()).startsWith("3.1");
        assertThat(document.get("paths").propertyNames()).contains(
            "/api/auth/login",
            "/api/chat/rooms/{room_id}/messages",
            "/api/chat/upload",
            "/broadcasting/auth"
        );
        assertThat(document.findValuesAsString("$ref"))
            .isNotEmpty()
            .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isMissingNode()).as(ref).isFalse());
    }

    private Caller anonymous() {
        return Caller.anonymous(port);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return WireJson.mapper().readTree(answer.body());
    }
}
