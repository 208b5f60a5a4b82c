package chat.parley.service;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import chat.parley.service.request.RequestIdAccessor;
import chat.parley.service.security.Secret;
import chat.parley.service.security.ServiceTokens;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.context.ContextRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
class ServiceWebTest {

    private static final UserId ADA = UserId.random();
    private static final Secret SERVICE_SECRET = new Secret("local-only-service-secret-0123456789abcdef");

    @Autowired
    WebTestClient http;

    @Value("${local.management.port}")
    int managementPort;

    @ParameterizedTest
    @ValueSource(
        strings = { "/actuator/health/readiness", "/actuator/health/liveness", "/actuator/prometheus" }
    )
    void answersProbesAndMetricsWithoutAToken(String path) {
        WebTestClient.bindToServer()
            .baseUrl("http://localhost:" + managementPort)
            .build()
            .get()
            .uri(path)
            .exchange()
            .expectStatus()
            .isOk();
    }

    @Test
    void letsInWhoHasAToken() throws JOSEException {
        with(token(Instant.now().plusSeconds(60), "parley"))
            .expectStatus()
            .isOk()
            .expectBody()
            .jsonPath("$.user_id")
            .isEqualTo(ADA.toString())
            .jsonPath("$.at")
            .isEqualTo("1970-01-01T00:00:00.005Z");
    }

    @Test
    void sendsAwayWhoHasNone() {
        problem(http.get().uri("/me").exchange(), 401, "unauthenticated");
    }

    @Test
    void tellsAnExpiredTokenFromAForgedOne() throws JOSEException {
        problem(with(token(Instant.now().minusSeconds(60), "parley")), 401, "token_expired");
        problem(with(token(Instant.now().minusSeconds(60), "somebody-else")), 401, "unauthenticated");
        problem(with(token(Instant.now().plusSeconds(60), "somebody-else")), 401, "unauthenticated");
        JWSSigner stranger = new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate());
        problem(with(signed(stranger, Instant.now().plusSeconds(60), "parley")), 401, "unauthenticated");
        problem(with("nonsense"), 401, "unauthenticated");
        problem(with("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ."), 401, "unauthenticated");
    }

    @Test
    void keepsPeopleOutOfInternalCallsAndServicesOutOfPeoples() throws JOSEException {
        String person = token(Instant.now().plusSeconds(60), "parley");
        String service = new ServiceTokens("message-service", SERVICE_SECRET, Clock.systemUTC()).current();
        String oldService = new ServiceTokens(
            "message-service",
            SERVICE_SECRET,
            Clock.fixed(Instant.now().minusSeconds(600), ZoneOffset.UTC)
        ).current();

        problem(get("/internal/ping", person), 401, "unauthenticated");
        problem(get("/internal/ping", oldService), 401, "token_expired");
        problem(get("/me", service), 401, "unauthenticated");
        get("/internal/ping", service).expectStatus().isOk();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "",
            "{",
            "[]",
            "5",
            "null",
            "{\"first_name\":5}",
            "{\"first_name\":\"a\",\"times\":\"x\"}",
            "{\"first_name\":{}}",
        }
    )
    void cannotReadBrokenOrMistypedJson(String body) {
        problem(greet(body), 400, "malformed_request");
    }

    @Test
    void namesTheFieldsThatAreNotValid() {
        problem(greet("{\"first_name\":\"a name too long\"}"), 422, "validation_failed")
            .jsonPath("$.errors[0].field")
            .isEqualTo("first_name")
            .jsonPath("$.errors[0].code")
            .isEqualTo("size");
    }

    @Test
    void refusesWhatIsNoJsonOrTooMuchOfIt() {
        problem(
            http.post().uri("/open/greetings").contentType(MediaType.TEXT_PLAIN).bodyValue("hi").exchange(),
            415,
            "unsupported_media_type"
        );
        problem(greet("{\"first_name\":\"" + "x".repeat(300 * 1024) + "\"}"), 413, "too_large");
        problem(greet("[".repeat(100_000)), 400, "malformed_request");
    }

    @Test
    void answersForWhatDoesNotExist() {
        problem(http.get().uri("/open/nowhere").exchange(), 404, "not_found");
        problem(http.get().uri("/open/rooms/not-an-id").exchange(), 404, "not_found");
        problem(http.get().uri("/open/rooms/1-1-1-1-1").exchange(), 404, "not_found");
        problem(http.get().uri("/open/rooms/" + ADA + "?limit=x").exchange(), 400, "malformed_request");
        problem(http.get().uri("/open/rooms/" + ADA + "?limit=0").exchange(), 400, "malformed_request");
        problem(http.delete().uri("/open/accident").exchange(), 405, "method_not_allowed");
    }

    @Test
    void tellsNothingOfAnAccident() {
        byte[] body = problem(http.get().uri("/open/accident").exchange(), 500, "internal_error")
            .returnResult()
            .getResponseBody();

        assertThat(new String(body, StandardCharsets.UTF_8)).doesNotContain("SELECT", "Exception");
    }

    @Test
    void saysWhenToTryAgain() {
        problem(
            http.get().uri("/open/overload").exchange().expectHeader().valueEquals("Retry-After", "2"),
            503,
            "unavailable"
        );
    }

    @Test
    void saysHowOftenSomethingMayBeDone() {
        problem(
            http
                .get()
                .uri("/open/rush")
                .exchange()
                .expectHeader()
                .valueEquals("RateLimit-Limit", "30")
                .expectHeader()
                .valueEquals("RateLimit-Remaining", "0")
                .expectHeader()
                .valueEquals("RateLimit-Reset", "15")
                .expectHeader()
                .valueEquals("Retry-After", "1"),
            429,
            "rate_limited"
        );
    }

    @Test
    void saysSoWhenAStoreIsAway() {
        byte[] body = problem(http.get().uri("/open/outage").exchange(), 503, "unavailable")
            .returnResult()
            .getResponseBody();

        assertThat(new String(body, StandardCharsets.UTF_8)).doesNotContain("6379");
    }

    @Test
    void carriesTheRequestIdThroughEveryThread() {
        http
            .get()
            .uri("/open/trace")
            .header("X-Request-Id", "abc-1")
            .exchange()
            .expectHeader()
            .valueEquals("X-Request-Id", "abc-1")
            .expectBody(String.class)
            .isEqualTo("abc-1");
    }

    @Test
    void carriesNothingElseToEveryThread() {
        assertThat(ContextRegistry.getInstance().getThreadLocalAccessors())
            .singleElement()
            .isInstanceOf(RequestIdAccessor.class);
    }

    @Test
    void makesARequestIdWhereTheGivenOneIsUnfitForALog() {
        http
            .get()
            .uri("/open/trace")
            .header("X-Request-Id", "a b\tc")
            .exchange()
            .expectHeader()
            .value("X-Request-Id", id -> assertThat(id).matches("[0-9a-f-]{36}"));
    }

    private WebTestClient.ResponseSpec greet(String body) {
        return http
            .post()
            .uri("/open/greetings")
            .contentType(MediaType.APPLICATION_JSON)
            .bodyValue(body)
            .exchange();
    }

    private WebTestClient.ResponseSpec with(String token) {
        return get("/me", token);
    }

    private WebTestClient.ResponseSpec get(String path, String token) {
        return http
            .get()
            .uri(path)
            .headers(headers -> headers.setBearerAuth(token))
            .exchange();
    }

    private static WebTestClient.BodyContentSpec problem(
        WebTestClient.ResponseSpec answer,
        int status,
        String code
    ) {
        return answer
            .expectStatus()
            .isEqualTo(status)
            .expectHeader()
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .expectHeader()
            .exists("X-Request-Id")
            .expectBody()
            .jsonPath("$.code")
            .isEqualTo(code)
            .jsonPath("$.status")
            .isEqualTo(status)
            .jsonPath("$.type")
            .exists()
            .jsonPath("$.title")
            .exists()
            .jsonPath("$.detail")
            .exists()
            .jsonPath("$.instance")
            .exists();
    }

    private static String token(Instant expires, String issuer) throws JOSEException {
        return signed(new ECDSASigner(ProbeApplication.KEY), expires, issuer);
    }

    private static String signed(JWSSigner signer, Instant expires, String issuer) throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
            .subject(ADA.toString())
            .issuer(issuer)
            .issueTime(Date.from(expires.minus(Duration.ofMinutes(15))))
            .expirationTime(Date.from(expires))
            .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims);
        token.sign(signer);
        return token.serialize();
    }
}
