package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.system.Api.Answer;
import chat.parley.system.ApiDescription.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** While room-service is away, everything that needs it says so and when to try again; the rest goes on. */
@WithParley
@Order(Integer.MAX_VALUE - 2)
class UnavailableIT {

    private static final String NOWHERE = "01990000-1111-7222-8333-444455556666";
    private static final Set<String> TAGS = Set.of("accounts", "rooms");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration COMES_BACK = Duration.ofSeconds(60);

    private final Parley parley;

    UnavailableIT(Parley parley) {
        this.parley = parley;
    }

    @Test
    void everyEndpointOfAServiceThatIsAwaySaysSo() {
        assumeTrue(parley.isOurs(), "a suite that somebody else started is not ours to kill");
        Person anna = Person.signUp(parley, "Anna");
        Room room = anna.creates("garden");
        Api api = new Api(parley.url());
        List<Operation> operations = api
            .description()
            .operations()
            .stream()
            .filter(operation -> TAGS.contains(operation.tag()))
            .toList();
        SoftAssertions all = new SoftAssertions();
        // What changes a room makes services forget what they know of it, so that comes first.
        Person bert = Person.signUp(parley, "Bert");
        anna.opens(room);
        anna.adds(bert, room);
        anna
            .hears("member.added", "the news of Bert", data ->
                data.path("room_id").asString().equals(room.id())
            )
            .within(PATIENCE);
        operations.forEach(operation ->
            all.assertThat(call(operation).by(anna).to(api).status()).as("%s", operation).isLessThan(500)
        );
        anna.history(room);
        anna.goes();

        parley.kill("room-service");

        for (Operation operation : operations) {
            Answer answer = call(operation).by(anna).to(api);
            all.assertThat(answer.status()).as("%s: %s", operation, answer.text()).isEqualTo(503);
            all
                .assertThat(answer.body().path("code").asString())
                .as("%s", operation)
                .isEqualTo("unavailable");
            all.assertThat(answer.header("Retry-After")).as("%s", operation).matches("[1-9][0-9]*");
        }
        // What membership was known a moment ago needs nobody else.
        all.assertThat(anna.get(room.path() + "/messages").status()).isEqualTo(200);
        await("room-service comes back")
            .atMost(COMES_BACK)
            .until(() -> answers(anna, "/api/users/me") && answers(anna, room.path()));
        all.assertAll();
        assertThat(operations).hasSizeGreaterThan(15);
    }

    private static boolean answers(Person person, String path) {
        return person.get(path).status() == 200;
    }

    private static Call call(Operation operation) {
        Call call = Call.of(operation.method(), operation.path().replaceAll("\\{[^}]+}", NOWHERE));
        return operation.takesABody() ? call.with(Map.of("username", "somebody")) : call;
    }
}
