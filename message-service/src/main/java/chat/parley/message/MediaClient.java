package chat.parley.message;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.service.problem.Unavailable;
import chat.parley.service.security.ServiceTokens;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import reactor.core.publisher.Mono;

/** media-service's internal API. Whatever keeps it from answering reaches the caller as {@link Unavailable}. */
@Component
final class MediaClient {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final WebClient http;
    private final ServiceTokens tokens;
    private final Duration timeout;

    MediaClient(WebClient.Builder http, MediaProperties properties, ServiceTokens tokens) {
        this.http = http.baseUrl(properties.url().toString()).build();
        this.tokens = tokens;
        this.timeout = properties.timeout();
    }

    /** {@code POST /internal/media/lookup}: those of the uploads that exist and are this owner's. */
    Mono<List<MediaSnapshot>> lookUp(Collection<MediaId> ids, UserId owner) {
        return http
            .post()
            .uri("/internal/media/lookup")
            .headers(headers -> headers.setBearerAuth(tokens.current()))
            .bodyValue(new Lookup(List.copyOf(ids), owner))
            .retrieve()
            .bodyToMono(Found.class)
            .map(Found::data)
            .timeout(timeout)
            .onErrorMap(WebClientException.class, MediaClient::unavailable)
            .onErrorMap(TimeoutException.class, MediaClient::unavailable);
    }

    private static Unavailable unavailable(Throwable cause) {
        Unavailable unavailable = new Unavailable("Attachments cannot be looked up right now.", RETRY_AFTER);
        unavailable.addSuppressed(cause);
        return unavailable;
    }

    record Lookup(List<MediaId> ids, UserId ownerId) {}

    record Found(List<MediaSnapshot> data) {
        Found {
            data = List.copyOf(data);
        }
    }
}
