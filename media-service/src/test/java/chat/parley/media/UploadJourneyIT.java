package chat.parley.media;

import static chat.parley.media.Client.bytes;
import static chat.parley.media.Client.form;
import static chat.parley.media.Client.head;
import static chat.parley.media.Client.joined;
import static chat.parley.media.Client.json;
import static chat.parley.media.Client.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.MediaId;
import chat.parley.testing.rooms.TestTokens;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.databind.JsonNode;

@MediaTest
class UploadJourneyIT {

    private final Client ada;
    private final S3AsyncClient s3;
    private final int port;

    UploadJourneyIT(@LocalServerPort int port, S3AsyncClient s3) {
        this.port = port;
        this.ada = new Client(port);
        this.s3 = s3;
    }

    @Test
    void takesAPictureAndGivesItBackByItsSignedAddress() {
        byte[] picture = Pictures.of("png", 320, 200);

        JsonNode media = ada.uploads("holiday.png", picture);

        assertThat(media.get("name").stringValue()).isEqualTo("holiday.png");
        assertThat(media.get("file_type").stringValue()).isEqualTo("image/png");
        assertThat(media.get("file_size").longValue()).isEqualTo(picture.length);
        assertThat(media.get("status").stringValue()).isEqualTo("ready");
        assertThat(media.get("metadata").get("width").intValue()).isEqualTo(320);
        assertThat(media.get("metadata").get("height").intValue()).isEqualTo(200);
        assertThat(media.get("url")).isEqualTo(media.get("file_url"));
        assertThat(ada.send(ada.request(media.get("url").stringValue())).body()).isEqualTo(picture);
    }

    /** Around the size of a part, where an off-by-one would lose or repeat bytes. */
    @ParameterizedTest
    @CsvSource({ "1", "65536", "5242879", "5242880", "5242881", "10485760", "12582912" })
    void keepsEveryByteOfFilesOfAnySize(int size) {
        byte[] content = Pictures.noise(size);

        JsonNode media = ada.uploads("noise.bin", content);

        assertThat(media.get("file_size").intValue()).isEqualTo(size);
        assertThat(ada.send(ada.request(media.get("url").stringValue())).body()).isEqualTo(content);
    }

    @Test
    void takesMoreUploadsAtOnceThanItHasBuffersFor() {
        byte[] content = Pictures.noise(6 << 20);

        List<JsonNode> all = IntStream.range(0, 10)
            .parallel()
            .mapToObj(i -> new Client(port).uploads(i + ".bin", content))
            .toList();

        assertThat(all)
            .extracting(media -> ada.send(ada.request(media.get("url").stringValue())).body())
            .allSatisfy(body -> assertThat(body).isEqualTo(content));
    }

    @Test
    void believesTheBytesAndNotTheName() {
        JsonNode media = ada.uploads("picture.png", bytes("<html><script>alert(1)</script></html>"));

        assertThat(media.get("file_type").stringValue()).isEqualTo("text/html");
        assertThat(media.get("metadata").get("width").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
        {
            "../../etc/passwd, passwd",
            "C:\\\\Users\\\\ada\\\\plan.txt, plan.txt",
            "'100% ; sure?.txt', '100% ; sure?.txt'",
            "ünïcødé 日本.txt, ünïcødé 日本.txt",
            "\u202egpj.exe, gpj.exe",
            ".., file",
        }
    )
    void makesNamesHarmlessAndStillFindsTheFile(String given, String expected) {
        JsonNode media = ada.uploads(given, bytes("hello"));

        assertThat(media.get("name").stringValue()).isEqualTo(expected);
        HttpResponse<byte[]> file = ada.send(ada.request(media.get("url").stringValue()));
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(text(file)).isEqualTo("hello");
    }

    static List<byte[]> formsWithoutAFile() {
        return List.of(
            form("other", "a.txt", bytes("hello")),
            form("file", "empty.txt", new byte[0]),
            bytes(
                "--a-line-between\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ntext\r\n--a-line-between--\r\n"
            )
        );
    }

    @ParameterizedTest
    @MethodSource("formsWithoutAFile")
    void refusesAFormThatHoldsNoFile(byte[] form) {
        HttpResponse<byte[]> answer = ada.upload(form);

        assertProblem(answer, 422, "validation_failed");
        assertThat(json(answer).get("errors").get(0).get("field").stringValue()).isEqualTo("file");
    }

    static List<byte[]> brokenForms() {
        return List.of(
            new byte[0],
            bytes("no multipart at all"),
            joined(head("file", "cut.txt"), bytes("the end is mis")),
            bytes("--a-line-between\r\n\r\n\r\n")
        );
    }

    @ParameterizedTest
    @MethodSource("brokenForms")
    void refusesAFormThatCannotBeRead(byte[] form) {
        HttpResponse<byte[]> answer = ada.upload(form);

        assertThat(answer.statusCode()).as(text(answer)).isIn(400, 422);
        assertThat(json(answer).get("code").stringValue()).isIn("malformed_request", "validation_failed");
    }

    @Test
    void refusesWhatIsNoForm() {
        HttpResponse<byte[]> answer = ada.send(
            ada.upload().setHeader("Content-Type", "application/json").POST(BodyPublishers.ofString("{}"))
        );

        assertProblem(answer, 415, "unsupported_media_type");
    }

    @Test
    void refusesAFileThatIsTooLargeByTheLengthItAnnounces() {
        assertProblem(ada.upload(form("file", "huge.bin", Pictures.noise(13 << 20))), 413, "too_large");
    }

    @Test
    void refusesAFileThatTurnsOutToBeTooLargeAndKeepsNothingOfIt() {
        List<String> before = keys();
        byte[] form = form("file", "huge.bin", Pictures.noise((12 << 20) + 1));

        HttpResponse<byte[]> answer = ada.send(
            ada.upload().POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(form)))
        );

        assertProblem(answer, 413, "too_large");
        assertThat(keys()).isEqualTo(before);
        assertThat(unfinished()).isZero();
    }

    @Test
    void keepsNothingOfAnUploadWhoseClientWentAway() throws Exception {
        List<String> before = keys();
        byte[] sent = joined(head("file", "half.bin"), Pictures.noise(7 << 20));
        String request =
            "POST /api/chat/upload HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\nAuthorization: Bearer " +
            TestTokens.of(ada.user) +
            "\r\nContent-Type: multipart/form-data; boundary=a-line-between\r\n\r\n";

        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(joined(bytes(request), sent));
            socket.getOutputStream().flush();
            await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> unfinished() == 1);
        }

        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> unfinished() == 0);
        assertThat(keys()).isEqualTo(before);
    }

    @Test
    void asksForAToken() {
        byte[] form = form("file", "a.txt", bytes("hello"));

        HttpResponse<byte[]> answer = ada.send(
            ada.upload().setHeader("Authorization", "Bearer x").POST(BodyPublishers.ofByteArray(form))
        );

        assertProblem(answer, 401, "unauthenticated");
    }

    @Test
    void showsARecordToItsOwnerOnly() {
        JsonNode media = ada.uploads("mine.txt", bytes("hello"));
        String path = "/api/chat/media/" + media.get("id").stringValue();

        assertThat(json(ada.get(path))).isEqualTo(media);
        assertProblem(new Client(port).get(path), 404, "not_found");
        assertProblem(ada.get("/api/chat/media/" + MediaId.random()), 404, "not_found");
        assertProblem(ada.get("/api/chat/media/1-1-1-1-1"), 404, "not_found");
    }

    private static void assertProblem(HttpResponse<byte[]> answer, int status, String code) {
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(answer).get("code").stringValue()).isEqualTo(code);
    }

    private List<String> keys() {
        return s3
            .listObjectsV2(list -> list.bucket("parley-media"))
            .join()
            .contents()
            .stream()
            .map(S3Object::key)
            .toList();
    }

    private int unfinished() {
        return s3
            .listMultipartUploads(list -> list.bucket("parley-media"))
            .join()
            .uploads()
            .size();
    }
}
