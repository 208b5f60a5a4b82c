package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.system.Api.Answer;
import chat.parley.system.ApiDescription.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every status that the operations of some of CONTRACT.md's sections can answer with, reached through the gateway.
 * What the OpenAPI document promises and no test here reaches fails the last test. Whatever is answered is compared
 * with its schema on the way; 429 and 503 have {@link LimitsIT} and {@link UnavailableIT}.
 */
@WithParley
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class ContractStatuses {

    static final String NOWHERE = "01990000-1111-7222-8333-444455556666";
    static final String MALFORMED = "malformed_request";
    static final String NOT_FOUND = "not_found";
    static final String FORBIDDEN = "forbidden";
    // In a room that is nowhere.
    static final String NO_MESSAGE = "AZkAABERciKDM0REVVVmZg.1";
    static final String THUMB = URLEncoder.encode("👍", StandardCharsets.UTF_8);
    static final String INVALID = "validation_failed";
    private static final Set<String> ELSEWHERE = Set.of("429", "503");
    // What some operation or other wants to be told.
    private static final Map<String, String> SOMETHING = Map.of(
        "role",
        "member",
        "user_id",
        NOWHERE,
        "content",
        "hi",
        "reaction_type",
        "👍"
    );
    private static final int TOO_MUCH = 3_000_000;

    final Parley parley;
    final Api api;
    Person anna;
    Person bert;
    Person carl;
    Room group;
    Room open;
    private final Set<String> tags;
    private final int atLeast;
    private final Set<String> reached = new TreeSet<>();

    /**
     * @param tags of the operations
     * @param atLeast how many statuses they have together: fewer are no contract
     */
    ContractStatuses(Parley parley, Set<String> tags, int atLeast) {
        this.parley = parley;
        this.api = new Api(parley.url());
        this.tags = tags;
        this.atLeast = atLeast;
    }

    @BeforeAll
    void meet() {
        anna = Person.signUp(parley, "Anna");
        bert = Person.signUp(parley, "Bert");
        carl = Person.signUp(parley, "Carl");
        group = anna.creates("garden", bert);
        open = anna.creates("public", "market", bert);
    }

    Stream<Operation> operations() {
        return api
            .description()
            .operations()
            .stream()
            .filter(operation -> tags.contains(operation.tag()));
    }

    Stream<Operation> operationsForPeople() {
        return operations().filter(operation -> !operation.isOpen());
    }

    Stream<Operation> operationsWithBody() {
        return operations().filter(Operation::takesABody);
    }

    Stream<Operation> operationsOfSomething() {
        return operations().filter(operation -> operation.path().contains("{"));
    }

    /** An address of nothing that exists. */
    private static Call call(Operation operation) {
        String path = path(operation.path().replace("{message_id}", NO_MESSAGE), NOWHERE);
        Call call = Call.of(operation.method(), path);
        return operation.takesABody() ? call.with(SOMETHING) : call;
    }

    private static String path(String names, String id) {
        return names.replace("{reaction_type}", THUMB).replaceAll("\\{[^}]+}", id);
    }

    @ParameterizedTest
    @MethodSource("operationsForPeople")
    void areForPeopleWhoAreSignedIn(Operation operation) {
        Answer answer = refuse(401, "unauthenticated", call(operation));

        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        refuse(401, "unauthenticated", call(operation).withToken("x.y.z"));
        refuse(401, "unauthenticated", call(operation).withToken(Forgery.of(anna.token()).unsigned()));
    }

    @Test
    void knowTokensThatHaveRunOut() {
        assumeTrue(parley.isOurs(), "the keys of a suite that somebody else started are not ours");
        RealKey key = RealKey.of(anna.token(), parley);
        String fresh = key.longAgo(anna.token(), Duration.ZERO);
        String old = key.longAgo(anna.token(), Duration.ofMinutes(20));

        assertThat(Call.get("/api/users/me").withToken(fresh).to(api).status()).isEqualTo(200);
        operationsForPeople().forEach(operation ->
            refuse(401, "token_expired", call(operation).withToken(old))
        );
    }

    @ParameterizedTest
    @MethodSource("operationsWithBody")
    void takeJsonOfSomeSize(Operation operation) {
        Call call = call(operation).by(anna);

        refuse(400, MALFORMED, call.with("application/json", "{"));
        refuse(400, MALFORMED, call.with("application/json", ""));
        refuse(415, "unsupported_media_type", call.with("text/plain", "{}"));
        refuse(
            413,
            "too_large",
            call.with("application/json", "{\"name\":\"" + "x".repeat(TOO_MUCH) + "\"}")
        );
    }

    @ParameterizedTest
    @MethodSource("operationsOfSomething")
    void hideWhatIsNotThere(Operation operation) {
        refuse(404, NOT_FOUND, call(operation).by(anna));
        Call ofNoId = Call.of(operation.method(), path(operation.path(), "no-id"));
        refuse(404, NOT_FOUND, (operation.takesABody() ? ofNoId.with(Map.of()) : ofNoId).by(anna));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void takeNoOtherMethod(Operation operation) {
        String path = call(operation).path();
        Answer answer = Call.of("PATCH", path).by(anna).to(api);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.body().path("code").asString()).isEqualTo("method_not_allowed");
        assertThat(answer.header("Allow")).contains(operation.method());
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void reachEveryStatusThatTheyAreSaidToHave() {
        List<String> promised = new ArrayList<>();
        operations().forEach(operation ->
            operation
                .statuses()
                .filter(status -> !ELSEWHERE.contains(status))
                .filter(status -> !isOfAnotherIssuer(operation, status))
                .forEach(status -> promised.add(operation + " " + status))
        );

        assertThat(promised).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(reached).containsExactlyInAnyOrderElementsOf(promised);
    }

    /** Where people sign in elsewhere, nobody may here; this suite is not such a one. */
    private static boolean isOfAnotherIssuer(Operation operation, String status) {
        return operation.path().startsWith("/api/auth/") && status.equals("403");
    }

    // --- steps

    final Answer reach(int status, Call call) {
        Answer answer = call.to(api);
        assertThat(answer.status()).as("%s: %s", call, answer.text()).isEqualTo(status);
        String path = call.path().split("\\?", 2)[0];
        reached.add(api.description().find(call.method(), path).orElseThrow() + " " + status);
        return answer;
    }

    final Answer refuse(int status, String code, Call call) {
        Answer answer = reach(status, call);
        assertThat(answer.body().path("code").asString()).as("%s: %s", call, answer.text()).isEqualTo(code);
        return answer;
    }

    final void invalid(String field, Call call) {
        Answer answer = refuse(422, INVALID, call);
        assertThat(
            answer
                .body()
                .path("errors")
                .valueStream()
                .map(error -> error.path("field").asString())
        )
            .as("%s: %s", call, answer.text())
            .contains(field);
    }

    /** Lists have a limit, and a cursor that nobody can make up. */
    final void pages(String list, Person person) {
        String path = list + (list.contains("?") ? "&" : "?");
        JsonNode first = reach(200, Call.get(path + "limit=1").by(person)).body();
        assertThat(first.path("data")).hasSize(1);
        String cursor = first.path("next_cursor").asString();
        JsonNode second = reach(200, Call.get(path + "limit=1&cursor=" + cursor).by(person)).body();
        assertThat(second.path("data").get(0)).isNotEqualTo(first.path("data").get(0));
        reach(200, Call.get(path + "limit=100").by(person));
        refuse(400, MALFORMED, Call.get(path + "limit=0").by(person));
        refuse(400, MALFORMED, Call.get(path + "limit=x").by(person));
        refuse(400, MALFORMED, Call.get(path + "cursor=x").by(person));
        refuse(400, MALFORMED, Call.get(path + "limit=1&cursor=" + cursor + "AA").by(person));
    }

    static Map<String, Object> but(Map<String, Object> body, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(body);
        changed.put(field, value);
        return changed;
    }
}
