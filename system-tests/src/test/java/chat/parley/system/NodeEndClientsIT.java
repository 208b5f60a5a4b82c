package chat.parley.system;

import static chat.parley.system.Place.HERE;
import static chat.parley.system.Place.THERE;
import static chat.parley.system.PusherClient.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;
import tools.jackson.databind.JsonNode;

/** One of two nodes goes, suddenly or on purpose: its clients come back at the other, and nobody is counted twice. */
@ParameterizedClass(name = "on {0}", autoCloseArguments = false)
@ArgumentsSource(TwoNodes.class)
@Order(Integer.MAX_VALUE - 3)
class NodeEndClientsIT {

    /** A node that says nothing for 6 s is dead, which is noticed within another. */
    private static final Duration TAKEN_FOR_DEAD = Duration.ofSeconds(30);

    private final Stage stage;

    NodeEndClientsIT(Stage stage) {
        this.stage = stage;
    }

    @AfterEach
    void startItAgain() {
        stage.nodeThere().kill();
        stage.nodeThere().start();
    }

    @Test
    void aKilledNodesMembersLeaveAndItsClientsComeBackAtTheOther() {
        String lobby = stage.fresh("presence-lobby");
        AppServer server = stage.server(TestedApp.SANDBOX).at(HERE);
        PusherClient anna = stage.connectsAs("anna", HERE, TestedApp.SANDBOX).subscribes(lobby);
        PusherClient bert = stage.connectsAs("bert", THERE, TestedApp.SANDBOX).subscribes(lobby);
        PusherClient carl = stage.connectsAs("carl", THERE, TestedApp.SANDBOX).subscribes(lobby);
        anna.hears(lobby, "pusher:member_added", isOf("carl")).within(SOON);

        stage.direct(HERE);
        stage.nodeThere().kill();
        carl.close();

        await("Bert is connected anew")
            .atMost(TAKEN_FOR_DEAD)
            .until(() -> bert.heard("", "connected").size() == 2);
        await("and subscribed")
            .atMost(SOON)
            .until(() -> bert.heard(lobby, "pusher:subscription_succeeded").size() == 2);
        server.triggers(lobby, "hello", "again");
        bert.hears(lobby, "hello").within(SOON);
        anna.hears(lobby, "pusher:member_removed", isOf("carl")).within(TAKEN_FOR_DEAD);
        for (PusherClient client : List.of(anna, bert)) {
            await("nobody who is gone")
                .atMost(TAKEN_FOR_DEAD)
                .untilAsserted(() ->
                    assertThat(
                        client.membersOf(lobby).path("members").propertyNames()
                    ).containsExactlyInAnyOrder("anna", "bert")
                );
        }
        await("counts are of the living")
            .atMost(TAKEN_FOR_DEAD)
            .untilAsserted(() -> {
                JsonNode counts = server.gets(
                    "/channels/" + lobby,
                    Map.of("info", "user_count,subscription_count")
                );
                assertThat(counts.path("user_count").asInt()).isEqualTo(2);
            });
        anna.close();
        bert.close();
    }

    private static Predicate<JsonNode> isOf(String user) {
        return data -> data.path("id").asString().equals(user);
    }

    @Test
    void aPageThatWasCutOffAsksForWhatItMissed() {
        Person anna = Person.signUp(stage.parley(), "Anna");
        Person bert = Person.signUp(stage.parley(), "Bert");
        Room room = anna.creates("ship", bert);
        String channel = "chat." + room.id();
        EchoClient page = stage.opensPage(bert, THERE).listens(channel, ".message.sent");
        anna.posts("one", room);
        page.hears(channel, ".message.sent").within(SOON);

        stage.direct(HERE);
        stage.nodeThere().kill();
        anna.posts("two", room);
        await("subscribed anew")
            .atMost(TAKEN_FOR_DEAD)
            .until(() -> page.heard(channel, "subscribed").size() == 2);
        anna.posts("three", room);
        page.hears(channel, ".message.sent", data -> seq(data) == 3).within(SOON);

        List<JsonNode> missed = bert
            .get(room.path() + "/messages?after=1&limit=100")
            .require(200)
            .path("data")
            .valueStream()
            .toList();
        assertThat(missed)
            .extracting(message -> message.path("content").asString())
            .startsWith("two");
        page.close();
    }

    private static long seq(JsonNode sent) {
        return sent.path("message").path("seq").asLong();
    }

    @Test
    void aNodeThatGoesAwaySendsItsClientsToTheOther() {
        String news = stage.fresh("news");
        PusherClient bert = stage.connects(THERE, TestedApp.SANDBOX).subscribes(news);

        stage.direct(HERE);
        stage.nodeThere().goesAway();

        bert.isTold(4200).within(SOON);
        await("Bert is subscribed anew")
            .atMost(SOON)
            .until(() -> bert.heard(news, "pusher:subscription_succeeded").size() == 2);
        stage.server(TestedApp.SANDBOX).at(HERE).triggers(news, "hello", "again");
        bert.hears(news, "hello").within(SOON);
        bert.close();
    }
}
