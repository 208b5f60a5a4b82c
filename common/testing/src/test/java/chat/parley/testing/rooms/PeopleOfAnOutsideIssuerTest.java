package chat.parley.testing.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import chat.parley.service.security.Caller;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.WithServers;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What a service, any but room-service, makes of a token of the outside issuer. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
        "spring.application.name=outside-issuer-test",
        "spring.config.import=classpath:parley-defaults.yml",
        "parley.rooms.url=${PARLEY_ROOM_URL}",
        "PARLEY_AUTH_AUDIENCE=parley",
    }
)
@ActiveProfiles("test")
@WithServers(Server.KAFKA)
@WithFakeRooms
class PeopleOfAnOutsideIssuerTest {

    private static final FakeIssuer ISSUER = FakeIssuer.start();

    @DynamicPropertySource
    static void outside(DynamicPropertyRegistry properties) {
        properties.add("PARLEY_AUTH_ISSUER_URI", ISSUER::uri);
    }

    @Autowired
    FakeRooms rooms;

    @LocalServerPort
    int port;

    @Test
    void areCallersWithIdsOfOurs() {
        var subject = UUID.randomUUID().toString();

        var first = callerOf(ISSUER.token(subject, Map.of()));
        var second = callerOf(ISSUER.token(subject, Map.of("name", "Ada")));

        assertThat(first).isEqualTo(second).isNotEqualTo(subject);
        assertThat(rooms.find(UserId.of(first))).isNotNull();
    }

    @Test
    void comeInBesideThoseOfRoomService() {
        var anna = rooms.user("anna");

        assertThat(callerOf(TestTokens.of(anna))).isEqualTo(anna.toString());
        asking(FakeIssuer.start().token("ada", Map.of())).expectStatus().isUnauthorized();
    }

    @Test
    void haveToComeAgainWhileNobodyCanSayWhoTheyAre() {
        var token = ISSUER.token(UUID.randomUUID().toString(), Map.of());
        rooms.fail(true);

        asking(token).expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");

        rooms.fail(false);
        asking(token).expectStatus().isOk();
    }

    private String callerOf(String token) {
        return asking(token).expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody();
    }

    private ResponseSpec asking(String token) {
        return WebTestClient.bindToServer()
            .baseUrl("http://127.0.0.1:" + port)
            .build()
            .get()
            .uri("/me")
            .headers(headers -> headers.setBearerAuth(token))
            .exchange();
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
