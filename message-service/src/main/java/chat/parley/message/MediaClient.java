package chat.parley.message;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.service.problem.Unavailable;
import chat.parley.service.security.ServiceTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.ResponseSpec;
import org.springframework.web.reactive.function.client.WebClientException;
import reactor.core.publisher.Mono;

/** media-service's internal API. Whatever keeps it from answering reaches the caller as {@link Unavailable}. */
@Component
final class MediaClient {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    // Files are removed from an S3 store meanwhile, up to a hundred of them.
    private static final Duration REMOVAL = Duration.ofSeconds(30);

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
        return found("/internal/media/lookup", new Lookup(List.copyOf(ids), owner));
    }

    /** {@code POST /internal/media/link}: the same, and from now on they are the room's. */
    Mono<List<MediaSnapshot>> link(Collection<MediaId> ids, UserId owner, RoomId room) {
        return found("/internal/media/link", new Link(List.copyOf(ids), owner, room));
    }

    private Mono<List<MediaSnapshot>> found(String path, Object question) {
        return post(path, question, timeout, answer -> answer.bodyToMono(Found.class)).map(Found::data);
    }

    /**
     * {@code POST /internal/media/unlink}: the room has these no more, and what no other room has is gone.
     *
     * @param ids at most 100
     * @param unlessSentAfter what was sent to the room after this time stays in it; null if nothing does
     */
    Mono<Void> unlink(Collection<MediaId> ids, RoomId room, @Nullable Instant unlessSentAfter) {
        Unlink command = new Unlink(List.copyOf(ids), room, unlessSentAfter);
        return post("/internal/media/unlink", command, REMOVAL, answer -> answer.toBodilessEntity().then());
    }

    private <T> Mono<T> post(
        String path,
        Object body,
        Duration patience,
        Function<ResponseSpec, Mono<T>> answer
    ) {
        ResponseSpec response = http
            .post()
            .uri(path)
            .headers(headers -> headers.setBearerAuth(tokens.current()))
            .bodyValue(body)
            .retrieve();
        return answer
            .apply(response)
            .timeout(patience)
            .onErrorMap(WebClientException.class, MediaClient::unavailable)
            .onErrorMap(TimeoutException.class, MediaClient::unavailable);
    }

    private static Unavailable unavailable(Throwable cause) {
        Unavailable unavailable = new Unavailable("Attachments cannot be looked up right now.", RETRY_AFTER);
        unavailable.addSuppressed(cause);
        return unavailable;
    }

    record Lookup(List<MediaId> ids, UserId ownerId) {}

    record Link(List<MediaId> ids, UserId ownerId, RoomId roomId) {}

    record Unlink(List<MediaId> ids, RoomId roomId, @Nullable Instant unlessSentAfter) {}

    record Found(List<MediaSnapshot> data) {
        Found {
            data = List.copyOf(data);
        }
    }
}
