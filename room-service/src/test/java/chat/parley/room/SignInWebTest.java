package chat.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** Guessing passwords: ten times an account, fifty times an address, and what that must not do to the owner. */
@RoomServiceTest
class SignInWebTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WRONG = "not-the-password";

    @Autowired
    private WebTestClient api;

    @Test
    void slowsTheGuessingOfOnePasswordWhereverItComesFrom() {
        String anna = registered(anywhere());

        List<Integer> statuses = IntStream.range(0, 12)
            .mapToObj(i ->
                status(login(i % 2 == 0 ? anna : anna.toUpperCase(Locale.ROOT), WRONG, anywhere()))
            )
            .toList();

        assertThat(statuses.subList(0, 10)).containsOnly(401);
        assertThat(statuses.subList(10, 12)).containsOnly(429);
    }

    @Test
    void saysHowMuchIsAllowedAndWhenAgain() {
        String anna = registered(anywhere());
        IntStream.range(0, 10).forEach(_ -> status(login(anna, WRONG, anywhere())));

        ResponseSpec refused = login(anna, WRONG, anywhere());

        HttpHeaders headers = refused.expectBody().returnResult().getResponseHeaders();
        Refusal.of(login(anna, WRONG, anywhere()), 429, "rate_limited");
        assertThat(headers.getFirst("RateLimit-Limit")).isEqualTo("10");
        assertThat(headers.getFirst("RateLimit-Remaining")).isEqualTo("0");
        assertThat(Integer.parseInt(headers.getFirst("RateLimit-Reset"))).isBetween(270, 300);
        assertThat(Integer.parseInt(headers.getFirst("Retry-After"))).isBetween(1, 30);
    }

    @Test
    void treatsAUsernameThatNobodyHasLikeAnyOther() {
        String anna = registered(anywhere());
        String nobody = "nobody-" + UUID.randomUUID().toString().substring(0, 12);
        List<String> addresses = IntStream.range(0, 13)
            .mapToObj(_ -> anywhere())
            .toList();

        for (String address : addresses) {
            EntityExchangeResult<JsonNode> known = answer(login(anna, WRONG, address));
            EntityExchangeResult<JsonNode> unknown = answer(login(nobody, WRONG, address));

            assertThat(unknown.getStatus()).isEqualTo(known.getStatus());
            assertThat(unknown.getResponseBody()).isEqualTo(known.getResponseBody());
            assertThat(told(unknown)).isEqualTo(told(known));
        }
    }

    @Test
    void letsNoMoreGuessesThroughWhenTheyComeAllAtOnce() {
        String anna = registered(anywhere());

        List<Integer> statuses = atOnce(40, () -> status(login(anna, WRONG, anywhere())));

        assertThat(statuses)
            .filteredOn(status -> status == 401)
            .hasSize(10);
        assertThat(statuses)
            .filteredOn(status -> status == 429)
            .hasSize(30);
    }

    @Test
    void letsTheOwnerInWhereTheyAreKnownWhileStrangersAreKeptOut() {
        String home = anywhere();
        String anna = registered(home);
        IntStream.range(0, 12).forEach(_ -> status(login(anna, WRONG, anywhere())));

        assertThat(status(login(anna, Person.PASSWORD, anywhere()))).isEqualTo(429);
        assertThat(status(login(anna, Person.PASSWORD, home))).isEqualTo(200);
        assertThat(status(login(anna, Person.PASSWORD, home))).isEqualTo(200);
    }

    @Test
    void knowsAnAddressOnceSomebodyHasSignedInThere() {
        String anna = registered(anywhere());
        String work = anywhere();
        assertThat(status(login(anna, Person.PASSWORD, work))).isEqualTo(200);
        IntStream.range(0, 12).forEach(_ -> status(login(anna, WRONG, anywhere())));

        assertThat(status(login(anna, Person.PASSWORD, work))).isEqualTo(200);
    }

    @Test
    void slowsGuessesAtAnOwnersAddressToo() {
        String home = anywhere();
        String anna = registered(home);

        List<Integer> statuses = IntStream.range(0, 11)
            .mapToObj(_ -> status(login(anna, WRONG, home)))
            .toList();

        assertThat(statuses.subList(0, 10)).containsOnly(401);
        assertThat(statuses.getLast()).isEqualTo(429);
        assertThat(status(login(anna, Person.PASSWORD, anywhere()))).isEqualTo(200);
    }

    @Test
    void slowsAnAddressThatTriesManyAccounts() {
        String address = anywhere();

        List<Integer> statuses = IntStream.range(0, 52)
            .mapToObj(i -> status(login("somebody-" + i, WRONG, address)))
            .toList();

        assertThat(statuses.subList(0, 50)).containsOnly(401);
        assertThat(statuses.subList(50, 52)).containsOnly(429);
        assertThat(status(login("somebody-1", WRONG, anywhere()))).isEqualTo(401);
    }

    @Test
    void takesARefusedGuessForNone() {
        String address = anywhere();
        String anna = registered(anywhere());
        IntStream.range(0, 10).forEach(_ -> status(login(anna, WRONG, anywhere())));

        IntStream.range(0, 60).forEach(_ -> assertThat(status(login(anna, WRONG, address))).isEqualTo(429));

        assertThat(status(login("somebody-else", WRONG, address))).isEqualTo(401);
    }

    @Test
    void countsNothingAgainstWhoKnowsThePassword() {
        String address = anywhere();
        String anna = registered(address);

        IntStream.range(0, 60).forEach(_ ->
            assertThat(status(login(anna, Person.PASSWORD, address))).isEqualTo(200)
        );
    }

    @Test
    void takesAllOfAnIpv6NetworkForOneAddress() {
        String network = "2001:db8:%x:%x".formatted(random(), random());

        IntStream.range(0, 50).forEach(i -> status(login("someone-" + i, WRONG, network + "::" + (i + 1))));

        assertThat(status(login("someone-x", WRONG, network + ":ffff:1:2:3"))).isEqualTo(429);
        assertThat(status(login("someone-x", WRONG, "2001:db8:0:1::1"))).isEqualTo(401);
    }

    private String registered(String address) {
        String username = "anna-" + UUID.randomUUID().toString().substring(0, 12);
        api
            .post()
            .uri("/api/auth/register")
            .header("X-Forwarded-For", address)
            .bodyValue(Map.of("username", username, "name", "Anna", "password", Person.PASSWORD))
            .exchange()
            .expectStatus()
            .isCreated();
        return username;
    }

    private ResponseSpec login(String username, String password, String address) {
        return api
            .post()
            .uri("/api/auth/login")
            .header("X-Forwarded-For", address + ", 10.0.0.1")
            .bodyValue(Map.of("username", username, "password", password))
            .exchange();
    }

    private static int status(ResponseSpec answer) {
        return answer.expectBody().returnResult().getStatus().value();
    }

    private static EntityExchangeResult<JsonNode> answer(ResponseSpec answer) {
        return answer.expectBody(JsonNode.class).returnResult();
    }

    /** The headers by which the two might differ, without those that tell the time or the request. */
    private static Map<String, List<String>> told(EntityExchangeResult<?> answer) {
        Set<String> changing = Set.of("x-request-id", "date", "ratelimit-reset", "retry-after");
        return answer
            .getResponseHeaders()
            .headerSet()
            .stream()
            .filter(header -> !changing.contains(header.getKey().toLowerCase(Locale.ROOT)))
            .collect(
                Collectors.toMap(header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue)
            );
    }

    private static <T> List<T> atOnce(int times, Supplier<T> call) {
        return Flux.range(0, times)
            .flatMap(
                _ -> Flux.defer(() -> Flux.just(call.get())).subscribeOn(Schedulers.boundedElastic()),
                times
            )
            .collectList()
            .block(PATIENCE);
    }

    private static String anywhere() {
        return "10.%d.%d.%d".formatted(random() % 256, random() % 256, random() % 256);
    }

    private static int random() {
        return ThreadLocalRandom.current().nextInt(0x10000);
    }
}
