package chat.parley.service.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.WireJson;
import chat.parley.contracts.room.Membership;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomType;
import chat.parley.service.problem.Unavailable;
import chat.parley.service.security.Secret;
import chat.parley.service.security.ServiceTokens;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

class RoomsClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RoomId room = RoomId.random();
    private final UserId user = UserId.random();
    private volatile int status = 200;
    private volatile Mono<String> body = Mono.empty();
    private final DisposableServer server = HttpServer.create()
        .host("127.0.0.1")
        .port(0)
        .handle((_, response) ->
            response.status(status).header("Content-Type", "application/json").sendString(body)
        )
        .bindNow();
    private final RoomsClient rooms = new RoomsClient(
        WebClient.builder()
            .baseUrl("http://127.0.0.1:" + server.port())
            .codecs(codecs ->
                codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(WireJson.mapper()))
            )
            .build(),
        new ServiceTokens(
            "some-service",
            new Secret("a-secret-of-this-test-0123456789abcdef"),
            Clock.systemUTC()
        ),
        Duration.ofSeconds(1)
    );

    @AfterEach
    void end() {
        server.disposeNow();
    }

    @Test
    void tellsWhatRoomServiceTells() {
        Membership member = new Membership(room, user, RoomType.GROUP, Role.MEMBER, null);
        body = Mono.just(WireJson.mapper().writeValueAsString(member));

        assertThat(rooms.membership(room, user).block(PATIENCE)).isEqualTo(member);
    }

    @Test
    void knowsThatThereIsNoSuchUser() {
        status = 404;

        StepVerifier.create(rooms.user(user)).expectComplete().verify(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(ints = { 400, 401, 500, 503 })
    void isUnavailableWhenRoomServiceRefuses(int refusal) {
        status = refusal;

        isUnavailable();
    }

    @ParameterizedTest
    @ValueSource(strings = { "<html>", "{", "[]", "{\"room_id\":5}" })
    void isUnavailableWhenItCannotReadTheAnswer(String garbage) {
        body = Mono.just(garbage);

        isUnavailable();
    }

    @Test
    void isUnavailableWhenRoomServiceSaysNothing() {
        body = Mono.never();

        isUnavailable();
    }

    @Test
    void isUnavailableWhenRoomServiceIsNotThere() {
        server.disposeNow();

        isUnavailable();
    }

    private void isUnavailable() {
        StepVerifier.create(rooms.membership(room, user)).expectError(Unavailable.class).verify(PATIENCE);
    }
}
