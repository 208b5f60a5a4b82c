package chat.parley.media;

import static chat.parley.media.Client.bytes;
import static chat.parley.media.Client.json;
import static chat.parley.media.Client.text;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaStatus;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@MediaTest
class DeliveryJourneyIT {

    private static final byte[] CONTENT = Pictures.noise(1_000);

    private final Client ada;
    private final MediaFiles files;
    private final MediaLinks links;

    DeliveryJourneyIT(@LocalServerPort int port, MediaFiles files, MediaLinks links) {
        this.ada = new Client(port);
        this.files = files;
        this.links = links;
    }

    @ParameterizedTest
    @CsvSource(
        {
            "bytes=0-0, 0, 1",
            "bytes=0-999, 0, 1000",
            "bytes=10-19, 10, 20",
            "bytes=990-, 990, 1000",
            "bytes=990-5000, 990, 1000",
            "bytes=-1, 999, 1000",
            "bytes=-5000, 0, 1000",
        }
    )
    void sendsThePartThatIsAskedFor(String range, int from, int to) {
        HttpResponse<byte[]> answer = get(url(), "Range", range);

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(CONTENT, from, to));
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes " + from + "-" + (to - 1) + "/1000");
        assertThat(header(answer, "Content-Length")).isEqualTo(String.valueOf(to - from));
    }

    @ParameterizedTest
    @ValueSource(strings = { "bytes=1000-", "bytes=1000-2000", "bytes=-0" })
    void saysThatThereAreNoSuchBytes(String range) {
        HttpResponse<byte[]> answer = get(url(), "Range", range);

        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes */1000");
        assertThat(json(answer).get("code").stringValue()).isEqualTo("range_not_satisfiable");
    }

    @ParameterizedTest
    @ValueSource(strings = { "bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=", "bytes=0-1,4-5" })
    void sendsEverythingWhereNoSinglePartIsAskedFor(String range) {
        HttpResponse<byte[]> answer = get(url(), "Range", range);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(CONTENT);
    }

    @Test
    void continuesOnlyTheVersionThatAClientHas() {
        String url = url();
        String etag = header(get(url), "ETag");

        assertThat(get(url, "Range", "bytes=1-2", "If-Range", etag).statusCode()).isEqualTo(206);
        assertThat(get(url, "Range", "bytes=1-2", "If-Range", "\"another\"").statusCode()).isEqualTo(200);
    }

    @Test
    void sendsNothingToThoseWhoHaveItAlready() {
        String url = url();
        String etag = header(get(url), "ETag");

        for (String known : new String[] { etag, "W/" + etag, "\"x\", " + etag, "*" }) {
            HttpResponse<byte[]> answer = get(url, "If-None-Match", known);
            assertThat(answer.statusCode()).as(known).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(header(answer, "ETag")).isEqualTo(etag);
        }
        for (String unknown : new String[] { "\"x\"", "x", "\"x", "," }) {
            assertThat(get(url, "If-None-Match", unknown).statusCode()).as(unknown).isEqualTo(200);
        }
    }

    @Test
    void tellsHeadTheSameWithoutTheBytes() {
        HttpResponse<byte[]> answer = ada.send(ada.request(url()).method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).isEqualTo("1000");
        assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void showsPicturesInPlaceAndOffersTheRestForDownload() {
        HttpResponse<byte[]> picture = get(
            ada.uploads("a.png", Pictures.of("png", 2, 2)).get("url").stringValue()
        );
        HttpResponse<byte[]> page = get(
            ada.uploads("ü.png", bytes("<html><body>x</body></html>")).get("url").stringValue()
        );
        HttpResponse<byte[]> drawing = get(
            ada
                .uploads("a.svg", bytes("<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"))
                .get("url")
                .stringValue()
        );

        assertThat(header(picture, "Content-Disposition")).startsWith("inline;");
        assertThat(header(page, "Content-Disposition"))
            .startsWith("attachment;")
            .contains("filename*=UTF-8''%C3%BC.png");
        assertThat(header(page, "Content-Type")).isEqualTo("text/html");
        assertThat(header(drawing, "Content-Disposition")).startsWith("attachment;");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Content-Security-Policy")).contains("sandbox");
        assertThat(header(page, "Cache-Control")).contains("private", "immutable", "max-age=86400");
    }

    @Test
    void refusesAddressesThatWereChanged() {
        String url = url();
        String other = ada.uploads("other.bin", bytes("other")).get("id").stringValue();

        for (String changed : new String[] {
            url.replaceFirst("/media/[^/]+", "/media/" + other),
            url.replace("/original/", "/thumb/"),
            url.replace("noise.bin", "noise.exe"),
            url.replaceFirst("exp=\\d", "exp=9"),
            url.replaceFirst("exp=\\d+", "exp=x"),
            url.replaceFirst("sig=.", "sig=-"),
            url.replaceFirst("sig=.*", "sig="),
            url.replaceFirst("[?].*", ""),
        }) {
            HttpResponse<byte[]> answer = get(changed);
            assertThat(answer.statusCode()).as(changed).isEqualTo(403);
            assertThat(json(answer).get("code").stringValue()).isEqualTo("forbidden");
            assertThat(header(answer, "Cache-Control")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({ "PROCESSING, 423, quarantined", "REJECTED, 410, gone", "READY, 404, not_found" })
    void sendsNothingOfFilesThatAreNotReadyOrLost(MediaStatus status, int expected, String code) {
        MediaFile file = new MediaFile(
            MediaId.random(),
            UserId.random(),
            "x.bin",
            "application/octet-stream",
            5,
            "00",
            status,
            null,
            Instant.EPOCH
        );
        files.add(file).block(Duration.ofSeconds(10));

        HttpResponse<byte[]> answer = get(links.describe(file).url());

        assertThat(answer.statusCode()).isEqualTo(expected);
        assertThat(json(answer).get("code").stringValue()).isEqualTo(code);
        assertThat(answer.headers().firstValue("ETag")).as(text(answer)).isEmpty();
    }

    private String url() {
        return ada.uploads("noise.bin", CONTENT).get("url").stringValue();
    }

    private HttpResponse<byte[]> get(String url, String... headers) {
        var request = ada.request(url);
        return ada.send(headers.length == 0 ? request : request.headers(headers));
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
