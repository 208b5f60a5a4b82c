package chat.parley.service.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.WireJson;
import chat.parley.contracts.room.Membership;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomType;
import chat.parley.service.problem.Unavailable;
import chat.parley.service.rooms.RoomsClient.RoomIds;
import chat.parley.service.security.Secret;
import chat.parley.service.security.ServiceTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

class RoomsClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final RoomId room = RoomId.random();
    private final UserId user = UserId.random();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int status = 200;
    private volatile Mono<String> body = Mono.empty();
    private final Map<String, Mono<String>> bodies = new ConcurrentHashMap<>();
    private final DisposableServer server = HttpServer.create()
        .host("127.0.0.1")
        .port(0)
        .handle((request, response) -> {
            asked.incrementAndGet();
            return response
                .status(status)
                .header("Content-Type", "application/json")
                .sendString(bodies.getOrDefault(request.uri(), body));
        })
        .bindNow();
    // Far longer than an answer takes on a busy machine, and closed again soon.
    private final RoomsClient rooms = client(PATIENCE, Duration.ofMillis(300));
    // The other way round, for tests in which nobody answers.
    private final RoomsClient impatient = client(Duration.ofMillis(200), LONG);

    private RoomsClient client(Duration timeout, Duration openFor) {
        return new RoomsClient(
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
            new RoomsBreaker(
                new RoomsProperties(
                    URI.create("http://rooms"),
                    timeout,
                    1,
                    Duration.ofSeconds(1),
                    new RoomsProperties.Breaker(LONG, 20, 50, openFor, 2)
                ),
                meters
            )
        );
    }

    @AfterEach
    void end() {
        server.disposeNow();
    }

    @Test
    void tellsWhatRoomServiceTells() {
        Membership member = new Membership(room, user, RoomType.GROUP, Role.MEMBER, null);
        body = json(member);

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

        isUnavailable(rooms);
    }

    @ParameterizedTest
    @ValueSource(strings = { "<html>", "{", "[]", "{\"room_id\":5}" })
    void isUnavailableWhenItCannotReadTheAnswer(String garbage) {
        body = Mono.just(garbage);

        isUnavailable(rooms);
    }

    @Test
    void isUnavailableWhenRoomServiceSaysNothing() {
        body = Mono.never();

        isUnavailable(impatient);
    }

    @Test
    void isUnavailableWhenRoomServiceIsNotThere() {
        server.disposeNow();

        isUnavailable(rooms);
    }

    @Test
    void readsThePagesOfAUsersRooms() {
        List<RoomId> ids = Stream.generate(RoomId::random).limit(5).toList();
        String path = "/internal/users/" + user + "/rooms";
        bodies.put(path, json(new RoomIds(ids.subList(0, 2), ids.get(1))));
        bodies.put(path + "?after=" + ids.get(1), json(new RoomIds(ids.subList(2, 4), ids.get(3))));
        bodies.put(path + "?after=" + ids.get(3), json(RoomIds.of(ids.subList(4, 5))));

        assertThat(rooms.roomsOf(user).block(PATIENCE)).isEqualTo(ids);
    }

    @Test
    void waitsForASilentRoomServiceOnlyUntilThatIsKnown() {
        body = Mono.never();
        assertThat(failures(impatient, 20)).allMatch(Unavailable.class::isInstance);

        List<Throwable> refused = failures(impatient, 1_000);

        assertThat(refused).allSatisfy(failure ->
            assertThat(failure)
                .asInstanceOf(InstanceOfAssertFactories.type(Unavailable.class))
                .extracting(Unavailable::retryAfter)
                .isEqualTo(LONG)
        );
        assertThat(asked).as("calls that reached it").hasValueLessThanOrEqualTo(20);
    }

    @Test
    void asksAgainOnceRoomServiceAnswers() {
        body = Mono.just("<html>");
        failures(rooms, 20);
        assertThat(state("open")).isEqualTo(1);

        body = json(new Membership(room, user, RoomType.GROUP, Role.MEMBER, null));

        await()
            .atMost(PATIENCE)
            .until(() -> state("closed") == 1 || (failures(rooms, 1).isEmpty() && state("closed") == 1));
        assertThat(rooms.membership(room, user).block(PATIENCE).isMember()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = { 404, 422, 401 })
    void goesOnAskingWhoeverAnswersAtAll(int refusal) {
        status = refusal;

        failures(rooms, 50);

        assertThat(asked).hasValue(50);
        assertThat(state("closed")).isEqualTo(1);
    }

    private List<Throwable> failures(RoomsClient client, int calls) {
        return Flux.range(0, calls)
            .flatMap(
                _ ->
                    client
                        .membership(room, user)
                        .<Throwable>flatMap(_ -> Mono.empty())
                        .onErrorResume(Mono::just),
                64
            )
            .collectList()
            .block(PATIENCE);
    }

    private double state(String name) {
        return meters.get("resilience4j.circuitbreaker.state").tag("state", name).gauge().value();
    }

    private static Mono<String> json(Object answer) {
        return Mono.just(WireJson.mapper().writeValueAsString(answer));
    }

    private void isUnavailable(RoomsClient client) {
        StepVerifier.create(client.membership(room, user)).expectError(Unavailable.class).verify(PATIENCE);
    }
}
