package chat.parley.service.rooms;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Membership;
import chat.parley.contracts.room.UserSnapshot;
import chat.parley.service.problem.Unavailable;
import chat.parley.service.security.ServiceTokens;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.codec.CodecException;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;

/**
 * room-service's internal API. Whatever keeps it from answering reaches the caller as {@link Unavailable}.
 */
public final class RoomsClient {

    private static final ParameterizedTypeReference<Map<String, UserId>> IDS_BY_NAME =
        new ParameterizedTypeReference<>() {};
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final WebClient http;
    private final ServiceTokens tokens;
    private final Duration timeout;

    RoomsClient(WebClient http, ServiceTokens tokens, Duration timeout) {
        this.http = http;
        this.tokens = tokens;
        this.timeout = timeout;
    }

    /** {@code GET /internal/rooms/{room}/members/{user}}. Uncached: see {@link Memberships}. */
    public Mono<Membership> membership(RoomId room, UserId user) {
        return answer(http.get().uri("/internal/rooms/{room}/members/{user}", room, user), Membership.class);
    }

    /** {@code GET /internal/users/{user}}; empty if there is no such user. */
    public Mono<UserSnapshot> user(UserId user) {
        return answer(http.get().uri("/internal/users/{user}", user), UserSnapshot.class);
    }

    /** {@code GET /internal/users/{user}/rooms}: the ids of all rooms that the user is in. */
    public Mono<List<RoomId>> roomsOf(UserId user) {
        return answer(http.get().uri("/internal/users/{user}/rooms", user), RoomIds.class).map(
            RoomIds::roomIds
        );
    }

    /** {@code POST /internal/users/{user}/acquaintances}: those of the candidates who share a room with the user. */
    public Mono<List<UserId>> acquaintances(UserId user, Collection<UserId> candidates) {
        return answer(
            http
                .post()
                .uri("/internal/users/{user}/acquaintances", user)
                .bodyValue(new UserIds(List.copyOf(candidates))),
            UserIds.class
        ).map(UserIds::userIds);
    }

    /**
     * {@code POST /internal/rooms/{room}/mentioned}: ids of those members of the room who have these usernames, by
     * their usernames; with {@code all} among them, of every member, at most 1,000.
     */
    public Mono<Map<String, UserId>> mentioned(RoomId room, Collection<String> usernames) {
        return guarded(
            http
                .post()
                .uri("/internal/rooms/{room}/mentioned", room)
                .bodyValue(new Usernames(List.copyOf(usernames)))
                .headers(headers -> headers.setBearerAuth(tokens.current()))
                .retrieve()
                .bodyToMono(IDS_BY_NAME)
        );
    }

    private <T> Mono<T> answer(RequestHeadersSpec<?> call, Class<T> type) {
        return guarded(
            call
                .headers(headers -> headers.setBearerAuth(tokens.current()))
                .retrieve()
                .bodyToMono(type)
        );
    }

    private <T> Mono<T> guarded(Mono<T> answer) {
        return answer
            .timeout(timeout)
            .onErrorResume(WebClientResponseException.NotFound.class, _ -> Mono.empty())
            .onErrorMap(WebClientException.class, RoomsClient::unavailable)
            .onErrorMap(CodecException.class, RoomsClient::unavailable)
            .onErrorMap(TimeoutException.class, RoomsClient::unavailable);
    }

    private static Unavailable unavailable(Throwable cause) {
        Unavailable unavailable = new Unavailable(
            "Rooms and members cannot be looked up right now.",
            RETRY_AFTER
        );
        unavailable.addSuppressed(cause);
        return unavailable;
    }

    /** Body of {@code GET /internal/users/{user}/rooms}. */
    public record RoomIds(List<RoomId> roomIds) {
        public RoomIds {
            roomIds = List.copyOf(roomIds);
        }
    }

    /** Body and answer of {@code POST /internal/users/{user}/acquaintances}. */
    public record UserIds(List<UserId> userIds) {
        public UserIds {
            userIds = List.copyOf(userIds);
        }
    }

    /** Body of {@code POST /internal/rooms/{room}/mentioned}; usernames in lower case. */
    public record Usernames(List<String> usernames) {
        public Usernames {
            usernames = List.copyOf(usernames);
        }
    }
}
