package chat.parley.testing.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Membership;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomType;
import chat.parley.service.problem.Unavailable;
import chat.parley.service.rooms.Memberships;
import chat.parley.service.rooms.RoomsClient;
import chat.parley.service.security.Caller;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.WithServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Speaks to the fake only as services do, so that it cannot drift from what they ask. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
        "spring.application.name=fake-rooms-test",
        "spring.config.import=classpath:parley-defaults.yml",
        "parley.rooms.url=${PARLEY_ROOM_URL}",
    }
)
@ActiveProfiles("test")
@WithServers(Server.KAFKA)
@WithFakeRooms
class FakeRoomsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Autowired
    FakeRooms rooms;

    @Autowired
    RoomsClient client;

    @LocalServerPort
    int port;

    @Test
    void knowsTheMembersOfItsRooms() {
        var anna = rooms.user("anna");
        var room = rooms.room(RoomType.GROUP, anna);

        var membership = client.membership(room, anna).block(PATIENCE);

        assertThat(membership).extracting(Membership::roomType).isEqualTo(RoomType.GROUP);
        assertThat(membership).extracting(Membership::role).isEqualTo(Role.ADMIN);
        assertThat(membership.user().name()).isEqualTo("Anna");
    }

    @Test
    void knowsWhoHasLeftAndWhatWasNeverThere() {
        var anna = rooms.user("anna");
        var bert = rooms.user("bert");
        var room = rooms.room(RoomType.GROUP, anna, bert);
        rooms.leave(room, bert);

        assertThat(client.membership(room, bert).block(PATIENCE).isMember()).isFalse();
        assertThat(client.membership(RoomId.random(), anna).block(PATIENCE).roomType()).isNull();
        assertThat(client.user(UserId.random()).block(PATIENCE)).isNull();
    }

    @Test
    void answersWhateverElseServicesAsk() {
        var anna = rooms.user("anna");
        var bert = rooms.user("bert");
        var carl = rooms.user("carl");
        var room = rooms.room(RoomType.PUBLIC, anna, bert);

        assertThat(client.user(anna).block(PATIENCE).username()).isEqualTo("anna");
        assertThat(client.roomsOf(bert).block(PATIENCE)).containsExactly(room);
        assertThat(client.acquaintances(anna, List.of(bert, carl)).block(PATIENCE)).containsExactly(bert);
        assertThat(client.mentioned(room, List.of("bert", "carl")).block(PATIENCE)).isEqualTo(
            Map.of("bert", bert)
        );
    }

    @Test
    void canBeOutOfOrder() {
        var anna = rooms.user("anna");
        var room = rooms.room(RoomType.GROUP, anna);

        rooms.fail(true);

        StepVerifier.create(client.membership(room, anna)).expectError(Unavailable.class).verify(PATIENCE);
        rooms.fail(false);
        StepVerifier.create(client.membership(room, anna))
            .expectNextCount(1)
            .expectComplete()
            .verify(PATIENCE);
    }

    @Test
    void itsTokensAreGoodForServicesAndForgedOnesAreNot() {
        var anna = rooms.user("anna");

        assertThat(whoAmI(TestTokens.of(anna))).isEqualTo(anna.toString());
        assertThat(whoAmI(TestTokens.expired(anna))).contains("token_expired");
        assertThat(whoAmI(TestTokens.forged(anna))).contains("unauthenticated");
        assertThat(whoAmI(TestTokens.fromOtherIssuer(anna))).contains("unauthenticated");
    }

    @Test
    void turnsAwayWhoIsNoService() {
        var anna = rooms.user("anna");

        WebTestClient.bindToServer()
            .baseUrl(rooms.url())
            .build()
            .get()
            .uri("/internal/users/{user}", anna)
            .headers(headers -> headers.setBearerAuth(TestTokens.of(anna)))
            .exchange()
            .expectStatus()
            .isUnauthorized();
    }

    private String whoAmI(String token) {
        return WebTestClient.bindToServer()
            .baseUrl("http://127.0.0.1:" + port)
            .build()
            .get()
            .uri("/me")
            .headers(headers -> headers.setBearerAuth(token))
            .exchange()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody();
    }

    @RestController
    @SpringBootApplication
    static class Service {

        @GetMapping("/me")
        Mono<String> me(Caller caller) {
            return Mono.just(caller.id().toString());
        }
    }
}
