package chat.parley.system;

import static chat.parley.system.Place.HERE;
import static chat.parley.system.Place.THERE;
import static chat.parley.system.PusherClient.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** pusher-js' connections: greeting, activity, channel names, and why some end. */
@OnOneAndOnTwoNodes
class ConnectionClientsIT {

    private final Stage stage;

    ConnectionClientsIT(Stage stage) {
        this.stage = stage;
    }

    @Test
    void everyConnectionIsGreetedWithAnIdOfItsOwn() {
        List<PusherClient> clients = List.of(
            stage.connects(HERE, TestedApp.SANDBOX),
            stage.connects(THERE, TestedApp.SANDBOX),
            stage.connects(THERE, TestedApp.SHOP)
        );

        assertThat(clients).extracting(PusherClient::socketId).doesNotHaveDuplicates();
        assertThat(clients).allSatisfy(client ->
            assertThat(client.socketId()).matches(PusherClient.SOCKET_ID)
        );
        clients.forEach(PusherClient::close);
    }

    @Test
    void aClientThatHearsNothingPingsAndIsAnswered() {
        PusherClient client = stage.connects(HERE, TestedApp.SANDBOX, Map.of("activityTimeout", 200));

        client.hears("", "pong").within(SOON);

        assertThat(client.heard("", "connected")).hasSize(1);
        client.close();
    }

    @Test
    void anUnknownAppIsRefusedForGood() {
        PusherClient stranger = stage.tries(HERE, TestedApp.SANDBOX.withKey("nobody-s-key"), Map.of());

        stranger.isTold(4001).within(SOON);
        stranger.hears("", "disconnected").within(SOON);
    }

    @Test
    void aClosedAppIsRefusedForGood() {
        PusherClient late = stage.tries(HERE, TestedApp.CLOSED, Map.of());

        late.isTold(4003).within(SOON);
        late.hears("", "disconnected").within(SOON);
    }

    @ParameterizedTest
    @CsvSource(
        {
            "/app/nobody-s-key?protocol=7, 4001",
            "/app/sandbox-key/more?protocol=7, 4005",
            "/app/sandbox-key?protocol=seven, 4006",
            "/app/sandbox-key?protocol=6, 4007",
            "/app/sandbox-key, 4008",
        }
    )
    void whoAsksInTheWrongWayIsToldWhy(String path, int code) {
        URI address = URI.create("ws://" + stage.url().getAuthority() + path);

        assertThat(PusherSocket.refusalOf(address)).isEqualTo(code);
    }

    @Test
    void socketsNeedNoGateway() {
        String news = stage.fresh("news");
        String node = "http://127.0.0.1:" + stage.parley().status().of("realtime-service").port();
        PusherClient direct = stage.connects(HERE, TestedApp.SANDBOX, Map.of("url", node)).subscribes(news);

        stage.server(TestedApp.SANDBOX).at(THERE).triggers(news, "hello", Map.of());

        direct.hears(news, "hello").within(SOON);
        direct.close();
    }

    @Test
    void whoSaysNothingOfThemselvesHasToGo() {
        PusherClient silent = stage.connects(HERE, TestedApp.GUARDED);
        PusherClient open = stage.connectsAs("olga", HERE, TestedApp.GUARDED).subscribes("private-desk");

        silent.isTold(4009).within(SOON);
        silent.hears("", "disconnected").within(SOON);
        // Later than the other, who came first.
        stage.server(TestedApp.GUARDED).triggers("private-desk", "still", "here");
        open.hears("private-desk", "still").within(SOON);
        assertThat(open.heard("", "error")).isEmpty();
        open.close();
    }

    @Test
    void namesOfChannelsAreWhatTheProtocolAllows() {
        PusherClient client = stage.connects(HERE, TestedApp.SANDBOX);
        String longest = "a".repeat(164);

        client.subscribes(longest);
        client.subscribes("private-" + "Zz09_-=@,.;");
        client.asksFor(longest + "a");
        client.asksFor("no spaces");
        client.asksFor("n\u00fcchts");

        await("three errors")
            .atMost(SOON)
            .until(() -> client.heard("", "error").size() == 3);
        client.subscribes("the-connection-stays");
        client.close();
    }

    @Test
    void whatIsRefusedIsToldOnItsChannel() {
        PusherClient forger = stage.connects(HERE, TestedApp.SANDBOX.withSecret("not-the-secret"));

        JsonNode error = forger.isRefused("private-orders");
        forger.sends("pusher:subscribe", Map.of("channel", "#server-to-user-ada", "auth", ""));
        JsonNode ofUser = forger
            .hears("", "pusher:subscription_error", data -> data.path("status").asInt() == 403)
            .within(SOON)
            .data();

        assertThat(error.path("type").asString()).isEqualTo("AuthError");
        assertThat(error.path("status").asInt()).isEqualTo(401);
        assertThat(error.path("error").asString()).isNotBlank();
        assertThat(ofUser.path("type").asString()).isEqualTo("AuthError");
        forger.subscribes("the-connection-stays");
        forger.close();
    }

    @Test
    void whoUnsubscribesHearsNoMore() {
        String channel = stage.fresh("news");
        PusherClient anna = stage.connects(HERE, TestedApp.SANDBOX).subscribes(channel).subscribes("marks");
        PusherClient bert = stage.connects(THERE, TestedApp.SANDBOX).subscribes(channel);
        AppServer server = stage.server(TestedApp.SANDBOX).at(THERE);

        server.triggers(channel, "hello", Map.of("n", 1));
        anna.hears(channel, "hello").within(SOON);
        bert.hears(channel, "hello").within(SOON);
        anna.unsubscribes(channel);
        // In a channel of their own: what was sent before it is in order on this connection.
        anna.subscribes(stage.fresh("answered"));
        server.triggers(channel, "again", Map.of("n", 2));
        bert.hears(channel, "again").within(SOON);
        server.triggers("marks", "mark", "");
        anna.hears("marks", "mark").within(SOON);

        assertThat(anna.heard(channel, "again")).isEmpty();
        anna.close();
        bert.close();
    }
}
