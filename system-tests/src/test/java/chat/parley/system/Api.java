package chat.parley.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/** The public HTTP API, spoken by hand; whatever comes back has to be as {@link ApiDescription} has it. */
final class Api {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int POLITE_TRIES = 10;
    // HTTP/1.1, as the gateway speaks it without TLS: HTTP/2 would ask for an upgrade with every first request.
    private static final HttpClient CLIENT = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(PATIENCE)
        .build();

    private static final Map<URI, ApiDescription> DESCRIPTIONS = new ConcurrentHashMap<>();

    private final URI url;
    private final Optional<Address> address;

    private Api(URI url, Optional<Address> address) {
        this.url = url;
        this.address = address;
    }

    /** As somebody calls it from an address of their own. */
    Api(URI url) {
        this(url, Optional.of(Address.next()));
    }

    /** As this machine calls it. */
    static Api direct(URI url) {
        return new Api(url, Optional.empty());
    }

    URI url() {
        return url;
    }

    /** Where the calls come from. */
    Address address() {
        return address.orElseThrow();
    }

    /** A call with a JSON body. */
    Answer json(String method, String path, String token, Map<String, ?> body) {
        return json(method, path, token, JSON.writeValueAsString(body));
    }

    /** A call with a body that says it is JSON. */
    Answer json(String method, String path, String token, String body) {
        return call(
            request(path, token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
        );
    }

    /** A call without a body. */
    Answer call(String method, String path, String token) {
        return call(request(path, token).method(method, BodyPublishers.noBody()));
    }

    Answer call(String method, String path, String token, String contentType, BodyPublisher body) {
        return call(request(path, token).header("Content-Type", contentType).method(method, body));
    }

    /** The suite's own, asked for once. */
    ApiDescription description() {
        return DESCRIPTIONS.computeIfAbsent(url, _ ->
            new ApiDescription(exchange(request("/api/docs", null).build()).require(200))
        );
    }

    /** For a call that needs more than the others offer. */
    HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path)).timeout(PATIENCE);
        address.ifPresent(own -> request.header("X-Forwarded-For", own.value()));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /** Waits and asks again where it is asked to, as a polite client does. */
    private Answer call(HttpRequest.Builder request) {
        try {
            Answer answer = once(request);
            for (int tries = 1; answer.status() == 429 && tries < POLITE_TRIES; tries++) {
                Thread.sleep(Duration.ofSeconds(Long.parseLong(answer.header("Retry-After"))));
                answer = once(request);
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during a call", e);
        }
    }

    /** A call that takes whatever comes, also that it is one too many. */
    Answer once(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        Answer answer = exchange(request);
        description().require(request.method(), pathOf(request.uri()), answer);
        return answer;
    }

    private static String pathOf(URI uri) {
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static Answer exchange(HttpRequest request) {
        try {
            return Answer.of(CLIENT.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during a call", e);
        }
    }

    /** What came back. */
    record Answer(String request, int status, HttpHeaders headers, byte[] bytes, JsonNode body) {
        static Answer of(String request, int status, HttpHeaders headers, byte[] bytes) {
            return new Answer(request, status, headers, bytes, parsed(bytes));
        }

        private static Answer of(HttpResponse<byte[]> response) {
            return of(
                response.request().toString(),
                response.statusCode(),
                response.headers(),
                response.body()
            );
        }

        private static JsonNode parsed(byte[] body) {
            try {
                return body.length == 0 ? NullNode.instance : JSON.readTree(body);
            } catch (JacksonException noJson) {
                return NullNode.instance;
            }
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** The body, if the status is this one. */
        JsonNode require(int wanted) {
            if (status != wanted) {
                throw new AssertionError(request + " gave " + status + ", not " + wanted + ": " + text());
            }
            return body;
        }
    }
}
