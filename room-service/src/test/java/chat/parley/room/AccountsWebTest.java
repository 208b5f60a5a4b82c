package chat.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

@RoomServiceTest
class AccountsWebTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private WebTestClient api;

    @Autowired
    private DatabaseClient database;

    @Test
    void signsInWhoHasRegisteredWhateverTheCaseOfTheUsername() {
        Person anna = Person.called("Anna", api);

        JsonNode session = Person.json(login(anna.username().toUpperCase(Locale.ROOT), Person.PASSWORD));

        assertThat(session.at("/user/id").asString()).isEqualTo(anna.id());
        assertThat(session.get("token_type").asString()).isEqualTo("Bearer");
        assertThat(session.get("expires_in").asInt()).isEqualTo(900);
        assertThat(session.at("/user").propertyNames()).containsExactlyInAnyOrder(
            "id",
            "username",
            "name",
            "avatar",
            "created_at"
        );
    }

    @Test
    void signsTokensThatAnybodyCanCheckByThePublishedKeys() throws Exception {
        Person anna = Person.called("Anna", api);
        byte[] published = api
            .get()
            .uri("/api/auth/jwks.json")
            .exchange()
            .expectHeader()
            .valueEquals("Cache-Control", "max-age=300, public")
            .expectBody()
            .returnResult()
            .getResponseBody();

        SignedJWT token = SignedJWT.parse(anna.token());
        var key = JWKSet.parse(new String(published, java.nio.charset.StandardCharsets.UTF_8)).getKeyByKeyId(
            token.getHeader().getKeyID()
        );

        assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        assertThat(token.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
        assertThat(key.isPrivate()).isFalse();
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo(anna.id());
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("parley");
    }

    @Test
    void givesAUsernameToOnlyOneOfManyWhoWantItAtOnce() {
        String username = "race-" + System.nanoTime();

        List<Integer> statuses = Flux.range(0, 6)
            .flatMap(
                _ ->
                    Flux.defer(() ->
                        Flux.just(register(username, "Racer").expectBody().returnResult().getStatus().value())
                    ).subscribeOn(Schedulers.boundedElastic()),
                6
            )
            .collectList()
            .block(Duration.ofSeconds(20));

        assertThat(statuses).containsOnlyOnce(201).contains(409).hasSize(6);
    }

    @Test
    void saysThatAUsernameIsTaken() {
        Person anna = Person.called("Anna", api);

        Refusal.of(register(anna.username(), "Another"), 409, "username_taken");
        Refusal.of(register("all", "Everybody"), 409, "username_taken");
    }

    @Test
    void tellsAllFaultsOfARegistrationAtOnce() {
        api
            .post()
            .uri("/api/auth/register")
            .bodyValue(Map.of("username", "-", "name", "  ", "password", "short"))
            .exchange()
            .expectStatus()
            .isEqualTo(422)
            .expectBody()
            .jsonPath("$.code")
            .isEqualTo("validation_failed")
            .jsonPath("$.errors[*].field")
            .value(fields ->
                assertThat((List<?>) fields).asList().containsExactly("username", "name", "password")
            );
    }

    @Test
    void answersAnUnknownUserAndAWrongPasswordWithTheSameWords() {
        Person anna = Person.called("Anna", api);

        JsonNode unknown = Person.json(
            login("nobody-of-this-name", Person.PASSWORD).expectStatus().isUnauthorized()
        );
        JsonNode wrong = Person.json(
            login(anna.username(), "not-this-password").expectStatus().isUnauthorized()
        );

        assertThat(unknown).isEqualTo(wrong);
        assertThat(unknown.get("code").asString()).isEqualTo("invalid_credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = { "nul\\u0000nul", "\\ud800", "x", "", "' OR 1=1 --" })
    void refusesUsernamesThatNobodyCanHaveAsWrongCredentials(String username) {
        Refusal.of(
            post(
                "/api/auth/login",
                "{\"username\":\"" + username + "\",\"password\":\"correct-horse-battery\"}"
            ),
            401,
            "invalid_credentials"
        );
    }

    @Test
    void hashesAPasswordAnewOnceHashingIsConfiguredStronger() {
        Person anna = Person.called("Anna", api);
        String weak = new Argon2PasswordEncoder(16, 32, 1, 32, 1).encode(Person.PASSWORD);
        database
            .sql("UPDATE users SET password_hash = :weak WHERE username = :anna")
            .bind("weak", weak)
            .bind("anna", anna.username())
            .then()
            .block(PATIENCE);

        login(anna.username(), "not-the-password").expectStatus().isUnauthorized();
        String after = hashOf(anna);
        login(anna.username(), Person.PASSWORD).expectStatus().isOk();

        assertThat(after).isEqualTo(weak);
        assertThat(hashOf(anna)).contains("m=64,").isNotEqualTo(weak);
        login(anna.username(), Person.PASSWORD).expectStatus().isOk();
    }

    private String hashOf(Person person) {
        return database
            .sql("SELECT password_hash FROM users WHERE username = :name")
            .bind("name", person.username())
            .map(row -> row.get("password_hash", String.class))
            .one()
            .block(PATIENCE);
    }

    @Test
    void exchangesARefreshTokenForTheNextOne() {
        Person anna = Person.called("Anna", api);

        JsonNode renewed = Person.json(refresh(anna.refreshToken()).expectStatus().isOk());

        assertThat(renewed.at("/user/id").asString()).isEqualTo(anna.id());
        refresh(renewed.get("refresh_token").asString()).expectStatus().isOk();
    }

    @Test
    void endsTheSessionWhenADeadRefreshTokenIsUsedAgain() {
        Person anna = Person.called("Anna", api);
        String next = Person.json(refresh(anna.refreshToken())).get("refresh_token").asString();

        Refusal.of(refresh(anna.refreshToken()), 401, "invalid_credentials");

        Refusal.of(refresh(next), 401, "invalid_credentials");
    }

    @Test
    void leavesOtherSessionsAloneWhenOneEnds() {
        Person anna = Person.called("Anna", api);
        String elsewhere = Person.json(login(anna.username(), Person.PASSWORD))
            .get("refresh_token")
            .asString();

        post("/api/auth/logout", "{\"refresh_token\":\"" + anna.refreshToken() + "\"}")
            .expectStatus()
            .isNoContent();

        Refusal.of(refresh(anna.refreshToken()), 401, "invalid_credentials");
        refresh(elsewhere).expectStatus().isOk();
    }

    @Test
    void letsOnlyOneOfManyRefreshesWithTheSameTokenThrough() {
        Person anna = Person.called("Anna", api);

        List<Integer> statuses = Flux.range(0, 5)
            .flatMap(
                _ ->
                    Flux.defer(() ->
                        Flux.just(
                            refresh(anna.refreshToken()).expectBody().returnResult().getStatus().value()
                        )
                    ).subscribeOn(Schedulers.boundedElastic()),
                5
            )
            .collectList()
            .block(Duration.ofSeconds(20));

        assertThat(statuses).containsOnlyOnce(200).contains(401).hasSize(5);
    }

    @Test
    void logsOutTwiceWithoutComplaint() {
        post("/api/auth/logout", "{\"refresh_token\":\"never-was-one\"}").expectStatus().isNoContent();
    }

    @Test
    void takesARefreshAlsoFromAClientThatSendsItsExpiredTokenAlong() {
        Person anna = Person.called("Anna", api);

        api
            .post()
            .uri("/api/auth/refresh")
            .header("Authorization", "Bearer long.gone.token")
            .bodyValue(Map.of("refresh_token", anna.refreshToken()))
            .exchange()
            .expectStatus()
            .isOk();
    }

    @Test
    void showsAndChangesOneself() {
        Person anna = Person.called("Anna", api);

        JsonNode changed = Person.json(
            anna.puts("/api/users/me", Map.of("name", "  A\u0301nna ", "avatar", "https://example.org/a.png"))
        );

        assertThat(changed.get("name").asString()).isEqualTo("\u00c1nna");
        assertThat(Person.json(anna.gets("/api/users/me"))).isEqualTo(changed);
        assertThat(Person.json(anna.gets("/api/users/" + anna.id()))).isEqualTo(changed);
    }

    @Test
    void leavesWhatIsNotNamedAndTakesAwayWhatIsNull() {
        Person anna = Person.called("Anna", api);
        anna.puts("/api/users/me", Map.of("avatar", "/media/1/a.png")).expectStatus().isOk();

        JsonNode renamed = Person.json(anna.puts("/api/users/me", Map.of("name", "Annabel")));
        JsonNode faceless = Person.json(anna.puts("/api/users/me", "{\"avatar\":null}"));

        assertThat(renamed.get("avatar").asString()).isEqualTo("/media/1/a.png");
        assertThat(faceless.get("avatar").isNull()).isTrue();
        assertThat(faceless.get("name").asString()).isEqualTo("Annabel");
    }

    @ParameterizedTest
    @CsvSource({ "zorb,Zorbas", "ZORBAS gre,Zorbas", "greék,Zorbas" })
    void findsPeopleByTheBeginningsOfTheirNames(String typed, String first) {
        Person zorbas = Person.called("Zorbas", api);
        zorbas
            .puts("/api/users/me", Map.of("name", "Zorbas Greek " + zorbas.username()))
            .expectStatus()
            .isOk();

        JsonNode page = Person.json(zorbas.gets("/api/users?limit=100&q=" + typed));

        assertThat(Person.each(page, "/id")).contains(zorbas.id());
        assertThat(Person.each(page, "/name")).allMatch(name -> name.startsWith(first));
    }

    @Test
    void pagesThroughPeopleByUsername() {
        String family = "q" + Long.toString(System.nanoTime(), 36);
        List<String> usernames = List.of(family + "-a", family + "-b", family + "-c");
        usernames.forEach(username -> register(username, "Some Body").expectStatus().isCreated());
        Person anna = Person.called("Anna", api);

        JsonNode first = Person.json(anna.gets("/api/users?limit=2&q=" + family));
        JsonNode second = Person.json(
            anna.gets("/api/users?limit=2&q=" + family + "&cursor=" + first.get("next_cursor").asString())
        );

        assertThat(Person.each(first, "/username")).containsExactly(usernames.get(0), usernames.get(1));
        assertThat(Person.each(second, "/username")).containsExactly(usernames.get(2));
        assertThat(second.get("next_cursor").isNull()).isTrue();
    }

    private ResponseSpec register(String username, String name) {
        return api
            .post()
            .uri("/api/auth/register")
            .bodyValue(Map.of("username", username, "name", name, "password", Person.PASSWORD))
            .exchange();
    }

    private ResponseSpec login(String username, String password) {
        return api
            .post()
            .uri("/api/auth/login")
            .bodyValue(Map.of("username", username, "password", password))
            .exchange();
    }

    private ResponseSpec refresh(String token) {
        return api.post().uri("/api/auth/refresh").bodyValue(Map.of("refresh_token", token)).exchange();
    }

    private ResponseSpec post(String path, String json) {
        return api.post().uri(path).header("Content-Type", "application/json").bodyValue(json).exchange();
    }
}
