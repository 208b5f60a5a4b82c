package chat.parley.media;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import chat.parley.contracts.json.WireJson;
import chat.parley.testing.rooms.TestTokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A signed-in user with a plain HTTP client, which sends exactly what a test says. */
final class Client {

    private static final String BOUNDARY = "a-line-between";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    final UserId user = UserId.random();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    Client(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    /** What the service says of a file that it has taken. */
    JsonNode uploads(String name, byte[] content) {
        HttpResponse<byte[]> answer = upload(form("file", name, content));
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(201);
        return json(answer);
    }

    HttpResponse<byte[]> upload(byte[] form) {
        return send(upload().POST(BodyPublishers.ofByteArray(form)));
    }

    HttpRequest.Builder upload() {
        return request("/api/chat/upload")
            .header("Authorization", "Bearer " + TestTokens.of(user))
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        HttpRequest.Builder request = request(path).header("Authorization", "Bearer " + TestTokens.of(user));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static byte[] form(String part, String filename, byte[] content) {
        return joined(head(part, filename), content, end());
    }

    static byte[] head(String part, String filename) {
        String disposition = "form-data; name=\"" + part + "\"; filename=\"" + filename + '"';
        return bytes("--" + BOUNDARY + "\r\nContent-Disposition: " + disposition + "\r\n\r\n");
    }

    static byte[] end() {
        return bytes("\r\n--" + BOUNDARY + "--\r\n");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        return WireJson.mapper().readTree(answer.body());
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
