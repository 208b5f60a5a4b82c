package chat.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** Sessions, their refresh tokens, and what a change of the password does to them. */
@RoomServiceTest
class SessionsWebTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NEW = "another-horse-battery";

    @Autowired
    private WebTestClient api;

    @Autowired
    private DatabaseClient database;

    @Test
    void namesTheSessionInItsAccessTokens() {
        JsonNode first = registered("sid");
        JsonNode renewed = Person.json(refresh(first));
        JsonNode other = Person.json(login(first, Person.PASSWORD));

        assertThat(sessionOf(renewed)).isEqualTo(sessionOf(first)).isNotEqualTo(sessionOf(other));
        assertThat(sessions(first)).containsExactlyInAnyOrder(sessionOf(first), sessionOf(other));
    }

    @Test
    void endsAllOtherSessionsWhenThePasswordChanges() {
        JsonNode own = registered("pw");
        JsonNode other = Person.json(login(own, Person.PASSWORD));

        changePassword(own, Person.PASSWORD, NEW).expectStatus().isNoContent();

        Refusal.of(refresh(other), 401, "invalid_credentials");
        JsonNode next = Person.json(refresh(own).expectStatus().isOk());
        assertThat(sessionOf(next)).isEqualTo(sessionOf(own));
        Refusal.of(login(own, Person.PASSWORD), 401, "invalid_credentials");
        login(own, NEW).expectStatus().isOk();
    }

    @Test
    void leavesEverythingAsItIsWhenTheCurrentPasswordIsWrong() {
        JsonNode own = registered("pw");
        JsonNode other = Person.json(login(own, Person.PASSWORD));

        Refusal.of(changePassword(own, "not-the-password", NEW), 401, "invalid_credentials");

        refresh(other).expectStatus().isOk();
        login(own, Person.PASSWORD).expectStatus().isOk();
    }

    @Test
    void refusesABadNewPassword() {
        JsonNode own = registered("pw");

        for (String bad : List.of("short", "x".repeat(129), "tab\tinside-it")) {
            changePassword(own, Person.PASSWORD, bad)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("new_password");
        }
        put(own, "{}").expectStatus().isEqualTo(422).expectBody().jsonPath("$.errors.length()").isEqualTo(2);
        Refusal.of(put(own, "[]"), 400, "malformed_request");
        api
            .put()
            .uri("/api/users/me/password")
            .bodyValue(Map.of("current_password", Person.PASSWORD, "new_password", NEW))
            .exchange()
            .expectStatus()
            .isUnauthorized();
    }

    @Test
    void slowsGuessesAtTheCurrentPasswordThatOnesOwnTokenIsUsedFor() {
        JsonNode own = registered("pw");
        IntStream.range(0, 10).forEach(_ ->
            Refusal.of(changePassword(own, "not-the-password", NEW), 401, "invalid_credentials")
        );

        Refusal.of(changePassword(own, Person.PASSWORD, NEW), 429, "rate_limited");
    }

    @Test
    void letsThePasswordBeChangedWhileStrangersGuessIt() {
        JsonNode own = registered("pw");
        IntStream.range(0, 12).forEach(_ -> login(own, "not-the-password").expectBody().returnResult());

        changePassword(own, Person.PASSWORD, NEW).expectStatus().isNoContent();
    }

    @Test
    void knowsNoPasswordOfSomebodyWhoSignsInElsewhere() {
        JsonNode own = registered("else");
        database
            .sql("UPDATE users SET password_hash = NULL WHERE id = :id")
            .bind("id", UUID.fromString(own.at("/user/id").asString()))
            .then()
            .block(PATIENCE);

        Refusal.of(login(own, Person.PASSWORD), 401, "invalid_credentials");
        Refusal.of(login(own, "nobody's password"), 401, "invalid_credentials");
        Refusal.of(changePassword(own, Person.PASSWORD, NEW), 401, "invalid_credentials");
    }

    static List<Long> seeds() {
        Random random = new Random();
        return List.of(1L, 2L, 3L, 4L, 5L, random.nextLong(), random.nextLong(), random.nextLong());
    }

    /** Refreshes of all sessions and sign-ins by the old password, while it is changed in one of them. */
    @ParameterizedTest
    @MethodSource("seeds")
    void leavesNoOtherSessionAliveWhateverHappensDuringTheChange(long seed) {
        Random random = new Random(seed);
        JsonNode own = registered("race");
        List<JsonNode> sessions = Collections.synchronizedList(new ArrayList<>());
        sessions.add(own);
        IntStream.range(0, 4).forEach(_ -> sessions.add(Person.json(login(own, Person.PASSWORD))));
        List<Mono<List<JsonNode>>> deeds = new ArrayList<>();
        List.copyOf(sessions).forEach(session -> deeds.add(later(random, () -> refreshed(session, 4))));
        IntStream.range(0, 3).forEach(_ ->
            deeds.add(later(random, () -> signedIn(login(own, Person.PASSWORD))))
        );
        deeds.add(
            later(random, () -> {
                changePassword(own, Person.PASSWORD, NEW).expectStatus().isNoContent();
                return List.of();
            })
        );
        Collections.shuffle(deeds, random);

        List<JsonNode> begun = Flux.merge(Flux.fromIterable(deeds), deeds.size())
            .flatMapIterable(found -> found)
            .collectList()
            .block(PATIENCE);
        sessions.addAll(begun);

        assertThat(sessions(own)).as("seed %d", seed).containsExactly(sessionOf(own));
        sessions
            .stream()
            .filter(session -> !sessionOf(session).equals(sessionOf(own)))
            .forEach(session -> Refusal.of(refresh(session), 401, "invalid_credentials"));
        JsonNode lastOwn = sessions
            .reversed()
            .stream()
            .filter(session -> sessionOf(session).equals(sessionOf(own)))
            .findFirst()
            .orElseThrow();
        refresh(lastOwn).expectStatus().isOk();
    }

    /** The same token used many times at once, perhaps with an older one, or while its owner leaves. */
    @ParameterizedTest
    @MethodSource("seeds")
    void letsATokenThroughOnceAndEndsTheSessionOfWhoeverUsesItAgain(long seed) {
        Random random = new Random(seed);
        JsonNode session = registered("reuse");
        JsonNode bystander = Person.json(login(session, Person.PASSWORD));
        List<JsonNode> chain = new ArrayList<>(List.of(session));
        IntStream.range(0, random.nextInt(4)).forEach(_ -> chain.add(Person.json(refresh(chain.getLast()))));
        int times = 2 + random.nextInt(7);
        List<JsonNode> shown = new ArrayList<>(Collections.nCopies(times, chain.getLast()));
        boolean onlyTheLast = random.nextBoolean();
        if (!onlyTheLast && chain.size() > 1) {
            shown.add(chain.get(random.nextInt(chain.size() - 1)));
        }
        Collections.shuffle(shown, random);

        List<EntityExchangeResult<JsonNode>> answers = Flux.fromIterable(shown)
            .flatMap(
                token ->
                    Mono.fromCallable(() ->
                        refresh(token).expectBody(JsonNode.class).returnResult()
                    ).subscribeOn(Schedulers.boundedElastic()),
                shown.size()
            )
            .collectList()
            .block(PATIENCE);

        List<JsonNode> winners = answers
            .stream()
            .filter(answer -> answer.getStatus().value() == 200)
            .map(EntityExchangeResult::getResponseBody)
            .toList();
        assertThat(answers)
            .as("seed %d", seed)
            .allMatch(answer -> List.of(200, 401).contains(answer.getStatus().value()));
        assertThat(winners).as("seed %d", seed).hasSizeLessThanOrEqualTo(1);
        if (shown.size() == times) {
            assertThat(winners).as("seed %d", seed).hasSize(1);
        }
        chain.addAll(winners);
        chain.forEach(dead -> Refusal.of(refresh(dead), 401, "invalid_credentials"));
        assertThat(sessions(session)).containsExactly(sessionOf(bystander));
    }

    /** Goes on from token to token until there is no next one. */
    private List<JsonNode> refreshed(JsonNode session, int times) {
        List<JsonNode> renewed = new ArrayList<>(List.of(session));
        while (renewed.size() <= times) {
            EntityExchangeResult<JsonNode> answer = refresh(renewed.getLast())
                .expectBody(JsonNode.class)
                .returnResult();
            if (answer.getStatus().value() != 200) {
                assertThat(answer.getStatus().value()).isEqualTo(401);
                break;
            }
            renewed.add(answer.getResponseBody());
        }
        return renewed;
    }

    private static List<JsonNode> signedIn(ResponseSpec login) {
        EntityExchangeResult<JsonNode> answer = login.expectBody(JsonNode.class).returnResult();
        assertThat(answer.getStatus().value()).isIn(200, 401);
        return answer.getStatus().value() == 200 ? List.of(answer.getResponseBody()) : List.of();
    }

    private static Mono<List<JsonNode>> later(
        Random random,
        java.util.concurrent.Callable<List<JsonNode>> deed
    ) {
        return Mono.delay(Duration.ofMillis(random.nextInt(25)), Schedulers.boundedElastic()).then(
            Mono.fromCallable(deed)
        );
    }

    private List<String> sessions(JsonNode session) {
        return database
            .sql("SELECT id FROM sessions WHERE user_id = :user")
            .bind("user", UUID.fromString(session.at("/user/id").asString()))
            .map(row -> row.get("id", UUID.class).toString())
            .all()
            .collectList()
            .block(PATIENCE);
    }

    private static String sessionOf(JsonNode session) {
        try {
            return SignedJWT.parse(session.get("access_token").asString())
                .getJWTClaimsSet()
                .getStringClaim("sid");
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode registered(String name) {
        String username = name + "-" + UUID.randomUUID().toString().substring(0, 12);
        return Person.json(
            api
                .post()
                .uri("/api/auth/register")
                .bodyValue(Map.of("username", username, "name", "Anna", "password", Person.PASSWORD))
                .exchange()
                .expectStatus()
                .isCreated()
        );
    }

    /** From somewhere else each time, so that no test uses up another's tries. */
    private ResponseSpec login(JsonNode session, String password) {
        int place = new Random().nextInt(1 << 24);
        return api
            .post()
            .uri("/api/auth/login")
            .header("X-Forwarded-For", "10.%d.%d.%d".formatted(place >> 16, (place >> 8) & 255, place & 255))
            .bodyValue(Map.of("username", session.at("/user/username").asString(), "password", password))
            .exchange();
    }

    private ResponseSpec refresh(JsonNode session) {
        return api
            .post()
            .uri("/api/auth/refresh")
            .bodyValue(Map.of("refresh_token", session.get("refresh_token").asString()))
            .exchange();
    }

    private ResponseSpec changePassword(JsonNode session, String current, String next) {
        return put(session, Map.of("current_password", current, "new_password", next));
    }

    private ResponseSpec put(JsonNode session, Object body) {
        return api
            .put()
            .uri("/api/users/me/password")
            .headers(headers -> headers.setBearerAuth(session.get("access_token").asString()))
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", "10.9.8.7")
            .bodyValue(body)
            .exchange();
    }
}
