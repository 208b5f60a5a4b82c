package chat.parley.testing.rooms;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.WireJson;
import chat.parley.service.rooms.RoomsClient.Identified;
import chat.parley.service.rooms.RoomsClient.RoomIds;
import chat.parley.service.rooms.RoomsClient.UserIds;
import chat.parley.service.rooms.RoomsClient.Usernames;
import chat.parley.service.security.Identity;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/** The HTTP side of {@link FakeRooms}: the paths that {@link chat.parley.service.rooms.RoomsClient} asks. */
final class FakeRoomsApi {

    private final FakeRooms rooms;

    FakeRoomsApi(FakeRooms rooms) {
        this.rooms = rooms;
    }

    DisposableServer listen() {
        return HttpServer.create().host("127.0.0.1").port(0).route(this::routes).bindNow();
    }

    private void routes(HttpServerRoutes routes) {
        routes
            .get(TestTokens.JWKS_PATH, (_, response) -> json(response, TestTokens.jwks()))
            .get("/internal/rooms/{room}/members/{user}", (request, response) ->
                answer(request, response, _ -> rooms.membership(room(request), user(request)))
            )
            .get("/internal/users/{user}", (request, response) ->
                answer(request, response, _ -> rooms.find(user(request)))
            )
            .get("/internal/users/{user}/rooms", (request, response) ->
                answer(request, response, _ -> RoomIds.of(rooms.roomsOf(user(request))))
            )
            .post("/internal/users/{user}/acquaintances", (request, response) ->
                answer(request, response, body -> {
                    var candidates = WireJson.mapper().readValue(body, UserIds.class);
                    return new UserIds(rooms.acquaintances(user(request), candidates.userIds()));
                })
            )
            .post("/internal/identities", (request, response) ->
                answer(request, response, body ->
                    new Identified(rooms.identify(WireJson.mapper().readValue(body, Identity.class)))
                )
            )
            .post("/internal/rooms/{room}/mentioned", (request, response) ->
                answer(request, response, body -> {
                    var asked = WireJson.mapper().readValue(body, Usernames.class);
                    return rooms.mentioned(room(request), asked.usernames());
                })
            );
    }

    /** Null is 404; a call without a token of a service is 401. */
    private Publisher<Void> answer(
        HttpServerRequest request,
        HttpServerResponse response,
        Function<String, @Nullable Object> answer
    ) {
        if (rooms.failing()) {
            return response.status(HttpResponseStatus.SERVICE_UNAVAILABLE).send();
        }
        if (!isService(request)) {
            return response.status(HttpResponseStatus.UNAUTHORIZED).send();
        }
        return request
            .receive()
            .aggregate()
            .asString(StandardCharsets.UTF_8)
            .defaultIfEmpty("")
            .flatMap(body -> Mono.from(reply(response, answer.apply(body))));
    }

    private static Publisher<Void> reply(HttpServerResponse response, @Nullable Object body) {
        return body == null
            ? response.status(HttpResponseStatus.NOT_FOUND).send()
            : json(response, WireJson.mapper().writeValueAsString(body));
    }

    private static Publisher<Void> json(HttpServerResponse response, String body) {
        return response.header(HttpHeaderNames.CONTENT_TYPE, "application/json").sendString(Mono.just(body));
    }

    private static boolean isService(HttpServerRequest request) {
        var header = request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION, "");
        try {
            var token = SignedJWT.parse(header.replaceFirst("^Bearer ", ""));
            return token.verify(new MACVerifier(FakeRooms.SERVICE_SECRET));
        } catch (ParseException | JOSEException e) {
            return false;
        }
    }

    private static RoomId room(HttpServerRequest request) {
        return RoomId.of(Objects.requireNonNull(request.param("room")));
    }

    private static UserId user(HttpServerRequest request) {
        return UserId.of(Objects.requireNonNull(request.param("user")));
    }
}
