package chat.parley.local.transfer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The internal calls of room- and message-service. Each may be repeated, so a service that is away or busy is waited
 * for, with longer and longer pauses.
 */
public final class Services {

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
    private static final int REFUSED = 400;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
    private final URI rooms;
    private final URI messages;
    private final String secret;
    private final Duration patience;

    /** @param patience how long a service may be away before that is the end */
    public Services(URI rooms, URI messages, String secret, Duration patience) {
        this.rooms = rooms;
        this.messages = messages;
        this.secret = secret;
        this.patience = patience;
    }

    JsonNode askRooms(String path) throws IOException {
        return ask(rooms.resolve(path), null);
    }

    JsonNode tellRooms(String path, Object body) throws IOException {
        return ask(rooms.resolve(path), body);
    }

    JsonNode askMessages(String path) throws IOException {
        return ask(messages.resolve(path), null);
    }

    JsonNode tellMessages(String path, Object body) throws IOException {
        return ask(messages.resolve(path), body);
    }

    private JsonNode ask(URI uri, @Nullable Object body) throws IOException {
        byte@Nullable [] json = body == null ? null : JSON.writeValueAsBytes(body);
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            String trouble;
            try {
                HttpResponse<byte[]> answer = client.send(
                    request(uri, json),
                    HttpResponse.BodyHandlers.ofByteArray()
                );
                if (!PASSING.contains(answer.statusCode())) {
                    return read(uri, answer);
                }
                trouble = "answers with " + answer.statusCode();
            } catch (Refused e) {
                throw e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (IOException e) {
                trouble = "cannot be reached: " + e;
            }
            if (System.nanoTime() + pause.toNanos() > deadline) {
                throw new IOException(uri.getHost() + ":" + uri.getPort() + " " + trouble);
            }
            rest(pause);
            pause = longer(pause);
        }
    }

    private HttpRequest request(URI uri, byte@Nullable [] json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
            .timeout(WITHIN)
            .header("Authorization", "Bearer " + ServiceToken.minted(secret, Instant.now()));
        return json == null
            ? request.GET().build()
            : request
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                  .build();
    }

    private static JsonNode read(URI uri, HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() >= REFUSED) {
            throw new Refused(answer.statusCode(), reason(answer));
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException _) {
            throw new Refused(answer.statusCode(), uri.getPath() + " was not answered in JSON");
        }
    }

    private static String reason(HttpResponse<byte[]> answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        try {
            JsonNode problem = JSON.readTree(text);
            JsonNode error = problem.path("errors").path(0);
            return error.isMissingNode()
                ? problem.path("detail").asString(problem.path("title").asString(text))
                : error.path("field").asString("") + ": " + error.path("message").asString("");
        } catch (JacksonException e) {
            return text;
        }
    }

    private static void rest(Duration pause) throws IOException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Not all at the same time again. */
    private static Duration longer(Duration pause) {
        long millis = Math.min(LONGEST_PAUSE.toMillis(), 2 * pause.toMillis());
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 4));
    }

    /** The service has understood and says no: it will say so again. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String reason) {
            super(reason);
            this.status = status;
        }

        int status() {
            return status;
        }

        boolean isAboutTheContent() {
            return status == 422 || status == 400;
        }
    }
}
