package chat.parley.local.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The suite's public API, as one signed-in user or nobody yet. */
final class Api {

    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(WITHIN)
        .build();

    private final URI gateway;
    private final String token;

    private Api(URI gateway, String token) {
        this.gateway = gateway;
        this.token = token;
    }

    static Api of(URI gateway) {
        return new Api(gateway, "");
    }

    Api as(String accessToken) {
        return new Api(gateway, accessToken);
    }

    JsonNode get(String path) throws IOException {
        return send(request(path).GET(), Set.of(200)).body();
    }

    /** @param expected further statuses that are no failure, beside 200 and 201 */
    Answer post(String path, Map<String, ?> body, Integer... expected) throws IOException {
        var statuses = new HashSet<>(Set.of(expected));
        statuses.addAll(Set.of(200, 201));
        String json = JSON.writeValueAsString(body);
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(json)), statuses);
    }

    /** What came back. */
    record Answer(int status, JsonNode body) {}

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path))
            .timeout(WITHIN)
            .header("Content-Type", "application/json");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static Answer send(HttpRequest.Builder builder, Set<Integer> expected) throws IOException {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            if (!expected.contains(response.statusCode())) {
                throw new IOException(
                    "%s %s was answered with %d".formatted(
                        request.method(),
                        request.uri().getPath(),
                        response.statusCode()
                    )
                );
            }
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (JacksonException e) {
            throw new IOException(request.uri().getPath() + " was not answered in JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
