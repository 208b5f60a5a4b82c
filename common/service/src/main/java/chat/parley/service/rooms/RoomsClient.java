package chat.parley.service.rooms;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Membership;
import chat.parley.contracts.room.UserSnapshot;
import chat.parley.service.security.Identity;
import chat.parley.service.security.ServiceTokens;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;
import reactor.core.publisher.Mono;

/**
 * room-service's internal API. Whatever keeps it from answering reaches the caller as
 * {@link chat.parley.service.problem.Unavailable}.
 */
public final class RoomsClient {

    private static final ParameterizedTypeReference<Map<String, UserId>> IDS_BY_NAME =
        new ParameterizedTypeReference<>() {};

    // A page of ids is some 200 KB, below what a client takes into memory; all pages are as many rooms as anybody has.
    private static final int MOST_PAGES = 100;

    private final WebClient http;
    private final ServiceTokens tokens;
    private final RoomsBreaker breaker;

    RoomsClient(WebClient http, ServiceTokens tokens, RoomsBreaker breaker) {
        this.http = http;
        this.tokens = tokens;
        this.breaker = breaker;
    }

    /** {@code GET /internal/rooms/{room}/members/{user}}. Uncached: see {@link Memberships}. */
    public Mono<Membership> membership(RoomId room, UserId user) {
        return answer(http.get().uri("/internal/rooms/{room}/members/{user}", room, user), Membership.class);
    }

    /** {@code GET /internal/users/{user}}; empty if there is no such user. */
    public Mono<UserSnapshot> user(UserId user) {
        return answer(http.get().uri("/internal/users/{user}", user), UserSnapshot.class);
    }

    /**
     * {@code GET /internal/users/{user}/rooms}, page after page: the ids of all rooms that the user is in, up to half
     * a million.
     */
    public Mono<List<RoomId>> roomsOf(UserId user) {
        return page(user, null)
            .expand(page -> page.next() == null ? Mono.empty() : page(user, page.next()))
            .take(MOST_PAGES)
            .flatMapIterable(RoomIds::roomIds)
            .collectList();
    }

    private Mono<RoomIds> page(UserId user, @Nullable RoomId after) {
        return answer(
            http
                .get()
                .uri(address ->
                    address
                        .path("/internal/users/{user}/rooms")
                        .queryParamIfPresent("after", Optional.ofNullable(after))
                        .build(user)
                ),
            RoomIds.class
        );
    }

    /** {@code POST /internal/identities}: the user who somebody of an outside issuer is; on first sight a new one. */
    public Mono<UserId> identify(Identity identity) {
        return answer(http.post().uri("/internal/identities").bodyValue(identity), Identified.class).map(
            Identified::userId
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
        return breaker.guard(
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
        return breaker.guard(
            call
                .headers(headers -> headers.setBearerAuth(tokens.current()))
                .retrieve()
                .bodyToMono(type)
        );
    }

    /**
     * Answer of {@code GET /internal/users/{user}/rooms?after=}.
     *
     * @param next what to ask for after this page; null on the last one
     */
    public record RoomIds(List<RoomId> roomIds, @Nullable RoomId next) {
        public RoomIds {
            roomIds = List.copyOf(roomIds);
        }

        /** All there are. */
        public static RoomIds of(List<RoomId> roomIds) {
            return new RoomIds(roomIds, null);
        }
    }

    /** Answer of {@code POST /internal/identities}. */
    public record Identified(UserId userId) {}

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
