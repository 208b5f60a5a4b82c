package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code kill -9} of any one service while people talk: it comes back, and nothing that was accepted is lost. */
@WithParley
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(Integer.MAX_VALUE - 1)
class CrashJourneyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Parley parley;
    private Person anna;
    private Person bert;
    private Room room;

    CrashJourneyIT(Parley parley) {
        this.parley = parley;
    }

    @BeforeAll
    void arrive() {
        assumeTrue(parley.isOurs(), "a suite that somebody else started is not ours to kill");
        anna = Person.signUp(parley, "Anna");
        bert = Person.signUp(parley, "Bert");
    }

    @BeforeEach
    void meet() {
        room = anna.creates("garden", bert);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "message-service",
            "realtime-service",
            "room-service",
            "presence-service",
            "media-service",
            "gateway",
        }
    )
    void nothingIsLostWhenItDies(String service) {
        try (
            Listeners listeners = Listeners.in(room, parley, anna, bert);
            Chatter ofAnna = Chatter.of(anna, room);
            Chatter ofBert = Chatter.of(bert, room)
        ) {
            talkGoesOn(ofAnna, ofBert);

            parley.killAndAwait(service);

            talkGoesOn(ofAnna, ofBert);
            List<JsonNode> accepted = Chatter.stop(ofAnna, ofBert);
            List<JsonNode> history = anna.history(room);
            holdsEachOnceInOrder(history, accepted);
            listeners.numbers().forEach(listener -> knowsAll(listeners, listener, history.size()));
        }
    }

    private static void talkGoesOn(Chatter... chatters) {
        for (Chatter chatter : chatters) {
            int before = chatter.accepted().size();
            await("messages are accepted")
                .atMost(PATIENCE)
                .until(() -> chatter.accepted().size() >= before + 20);
        }
    }

    private static void holdsEachOnceInOrder(List<JsonNode> history, List<JsonNode> accepted) {
        assertThat(history)
            .extracting(message -> message.path("seq").asLong())
            .isEqualTo(LongStream.rangeClosed(1, history.size()).boxed().toList());
        assertThat(history)
            .extracting(message -> message.path("client_id").asString())
            .doesNotHaveDuplicates();
        assertThat(history)
            .extracting(CrashJourneyIT::essence)
            .containsExactlyInAnyOrderElementsOf(accepted.stream().map(CrashJourneyIT::essence).toList());
    }

    private static String essence(JsonNode message) {
        return message.path("seq") + " " + message.path("id") + " " + message.path("content");
    }

    private static void knowsAll(Listeners listeners, int listener, long count) {
        await("listener " + listener + " knows all " + count)
            .atMost(PATIENCE)
            .until(() -> listeners.seqsKnownTo(listener).size() >= count);
        assertThat(listeners.seqsKnownTo(listener)).containsExactlyElementsOf(
            LongStream.rangeClosed(1, count).boxed().toList()
        );
    }
}
