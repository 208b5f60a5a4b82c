package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The suite from its command line: everything is up, stops without a trace, and is there again with its data. */
@WithParley
@Order(Integer.MAX_VALUE)
class CommandJourneyIT {

    private static final List<String> COMPONENTS = List.of(
        "postgres",
        "kafka",
        "redis",
        "mongodb",
        "s3",
        "gateway",
        "room-service",
        "message-service",
        "presence-service",
        "media-service",
        "realtime-service"
    );

    private final Parley parley;

    CommandJourneyIT(Parley parley) {
        this.parley = parley;
    }

    @Test
    void everyComponentIsUp() {
        Parley.Status status = parley.status();

        assertThat(status.exitCode()).isZero();
        assertThat(status.components()).allMatch(Parley.Component::isUp);
        assertThat(status.components())
            .extracting(Parley.Component::name)
            .containsExactlyInAnyOrderElementsOf(COMPONENTS);
    }

    @Test
    void theDemoUsersCanSignIn() {
        Api api = Api.direct(parley.url());

        for (String username : List.of("ada", "grace")) {
            JsonNode session = api
                .json(
                    "POST",
                    "/api/auth/login",
                    null,
                    Map.of("username", username, "password", Person.PASSWORD)
                )
                .require(200);
            assertThat(session.path("token_type").asString()).isEqualTo("Bearer");
        }
    }

    @Test
    void whatWasSaidOutlivesDownAndUp() {
        assumeTrue(parley.isOurs(), "a suite that somebody else started is not ours to stop");
        Person anna = Person.signUp(parley, "Anna");
        Room room = anna.creates("garden");
        JsonNode said = anna.posts("Good night", room);

        parley.down();
        assertThat(parley.processes()).isEmpty();
        assertThat(parley.status().exitCode()).isNotZero();
        parley.up();

        assertThat(anna.history(room)).containsExactly(said);
        assertThat(anna.posts("Good morning", room).path("seq").asLong()).isEqualTo(2);
    }
}
