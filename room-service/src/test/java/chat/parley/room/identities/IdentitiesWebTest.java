package chat.parley.room.identities;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import chat.parley.room.Refusal;
import chat.parley.room.RoomServiceTest;
import chat.parley.service.rooms.RoomsClient.Identified;
import chat.parley.service.security.Identity;
import chat.parley.service.security.ServiceTokens;
import chat.parley.testing.rooms.FakeIssuer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

@RoomServiceTest
class IdentitiesWebTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final FakeIssuer ISSUER = FakeIssuer.start();

    @DynamicPropertySource
    static void outside(DynamicPropertyRegistry properties) {
        properties.add("PARLEY_AUTH_ISSUER_URI", ISSUER::uri);
        properties.add("PARLEY_AUTH_AUDIENCE", () -> "parley");
    }

    @Autowired
    private WebTestClient api;

    @Autowired
    private ServiceTokens tokens;

    @Autowired
    private OutsideUsers users;

    @Autowired
    private DatabaseClient database;

    @Test
    void makesAUserOfWhomItSeesFirst() {
        String subject = UUID.randomUUID().toString();
        String username = "ada-" + subject.substring(0, 8);
        String token = ISSUER.token(
            subject,
            Map.of("preferred_username", username.toUpperCase(), "name", "Ada Lovelace")
        );

        me(token)
            .expectStatus()
            .isOk()
            .expectBody()
            .jsonPath("$.username")
            .isEqualTo(username)
            .jsonPath("$.name")
            .isEqualTo("Ada Lovelace");
        assertThat(identify(new Identity(ISSUER.uri(), subject, null, null, null)).toString()).isEqualTo(
            idOf(token)
        );
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  ", "\u200b\u00a0", "\u0000\n" })
    void callsTheNamelessByTheirUsername(String name) {
        String token = ISSUER.token(UUID.randomUUID().toString(), Map.of("name", name));

        assertThat(field(token, "name")).isEqualTo(usernameOf(token)).startsWith("user-");
    }

    @Test
    void takesOfAnEndlessNameWhatANameMayHave() {
        String token = ISSUER.token(UUID.randomUUID().toString(), Map.of("name", "\ud83d\ude00".repeat(150)));

        assertThat(field(token, "name")).isEqualTo("\ud83d\ude00".repeat(80));
    }

    @Test
    void leavesTheirNameToThemAfterwards() {
        String subject = UUID.randomUUID().toString();
        String token = ISSUER.token(subject, Map.of("name", "Ada"));
        api
            .put()
            .uri("/api/users/me")
            .headers(headers -> headers.setBearerAuth(token))
            .bodyValue(Map.of("name", "Countess"))
            .exchange()
            .expectStatus()
            .isOk();

        me(ISSUER.token(subject, Map.of("name", "Ada")))
            .expectBody()
            .jsonPath("$.name")
            .isEqualTo("Countess");
    }

    @Test
    void keepsPeopleOfOneNameApart() {
        String name = "twin-" + UUID.randomUUID().toString().substring(0, 8);

        List<String> usernames = IntStream.range(0, 12)
            .mapToObj(n -> ISSUER.token(name + n, Map.of("email", name + "@example.org")))
            .map(this::usernameOf)
            .toList();

        assertThat(usernames).doesNotHaveDuplicates().startsWith(name, name + "-2", name + "-3");
        assertThat(usernames).allMatch(username -> username.startsWith(name));
    }

    /** However many requests of however many people come at once, also of the same name. */
    @Test
    void makesOneUserOfOnePerson() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 10; round++) {
            String name = "crowd-" + UUID.randomUUID().toString().substring(0, 8);
            List<Identity> requests = random
                .ints(32, 0, 4)
                .mapToObj(person -> new Identity(ISSUER.uri(), name + person, name, null, null))
                .toList();

            Map<String, Set<UserId>> ids = idsOf(requests);

            assertThat(ids.values())
                .as("seed %d, round %d", seed, round)
                .allMatch(one -> one.size() == 1);
            assertThat(new HashSet<>(ids.values()))
                .as("seed %d, round %d", seed, round)
                .hasSameSizeAs(ids.keySet());
            assertThat(usersCalled(name)).as("seed %d, round %d", seed, round).isEqualTo(ids.size());
        }
    }

    private Map<String, Set<UserId>> idsOf(List<Identity> requests) {
        Map<String, Set<UserId>> ids = new HashMap<>();
        Flux.fromIterable(requests)
            .flatMap(
                identity ->
                    users
                        .idOf(identity)
                        .subscribeOn(Schedulers.boundedElastic())
                        .map(id -> Map.entry(identity.subject(), id)),
                requests.size()
            )
            .collectList()
            .block(PATIENCE)
            .forEach(found ->
                ids.computeIfAbsent(found.getKey(), _ -> new HashSet<>()).add(found.getValue())
            );
        return ids;
    }

    private long usersCalled(String name) {
        return database
            .sql("SELECT count(*) AS n FROM users WHERE username LIKE :name")
            .bind("name", name + "%")
            .map(row -> row.get("n", Long.class))
            .one()
            .block(PATIENCE);
    }

    @Test
    void knowsNobodyOfAnotherIssuer() {
        Refusal.of(
            identifying(new Identity("https://somebody.else", "ada", null, null, null), tokens.current()),
            403,
            "forbidden"
        );
    }

    @Test
    void takesIdentitiesFromServicesOnly() {
        String person = ISSUER.token("eve", Map.of());

        Refusal.of(
            identifying(new Identity(ISSUER.uri(), "ada", null, null, null), person),
            401,
            "unauthenticated"
        );
    }

    @ParameterizedTest
    @ValueSource(strings = { "register", "login", "refresh", "lo%67in" })
    void signsNobodyInHere(String how) {
        Map<String, String> request = Map.of(
            "username",
            "ada-at-home",
            "name",
            "Ada",
            "password",
            "correct-horse-battery",
            "refresh_token",
            "any"
        );

        Refusal.of(
            api
                .post()
                .uri(address -> URI.create(address.path("/api/auth/").build() + how))
                .bodyValue(request)
                .exchange(),
            403,
            "forbidden"
        );
    }

    @Test
    void keepsNoPasswords() {
        String token = ISSUER.token(UUID.randomUUID().toString(), Map.of());

        ResponseSpec answer = api
            .put()
            .uri("/api/users/me/password")
            .headers(headers -> headers.setBearerAuth(token))
            .bodyValue(
                Map.of("old_password", "correct-horse-battery", "new_password", "battery-horse-correct")
            )
            .exchange();

        Refusal.of(answer, 403, "forbidden");
    }

    private UserId identify(Identity identity) {
        return identifying(identity, tokens.current())
            .expectStatus()
            .isOk()
            .expectBody(Identified.class)
            .returnResult()
            .getResponseBody()
            .userId();
    }

    private ResponseSpec identifying(Identity identity, String token) {
        return api
            .post()
            .uri("/internal/identities")
            .headers(headers -> headers.setBearerAuth(token))
            .bodyValue(identity)
            .exchange();
    }

    private String usernameOf(String token) {
        return field(token, "username");
    }

    private String idOf(String token) {
        return field(token, "id");
    }

    private @Nullable String field(String token, String name) {
        return me(token)
            .expectBody(tools.jackson.databind.JsonNode.class)
            .returnResult()
            .getResponseBody()
            .get(name)
            .asString();
    }

    private ResponseSpec me(String token) {
        return api
            .get()
            .uri("/api/users/me")
            .headers(headers -> headers.setBearerAuth(token))
            .exchange();
    }
}
