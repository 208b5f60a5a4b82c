package chat.parley.system;

import static chat.parley.system.Place.HERE;
import static chat.parley.system.Place.THERE;
import static chat.parley.system.PusherClient.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The HTTP API as Pusher's library for servers calls it, at either node. */
@OnOneAndOnTwoNodes
class HttpApiClientsIT {

    private final Stage stage;
    private final AppServer server;

    HttpApiClientsIT(Stage stage) {
        this.stage = stage;
        this.server = stage.server(TestedApp.SANDBOX);
    }

    @Test
    void anEventGoesToAllItsChannelsButNotToItsCause() {
        String news = stage.fresh("news");
        String desk = stage.fresh("private-desk");
        PusherClient anna = stage.connects(HERE, TestedApp.SANDBOX).subscribes(news).subscribes(desk);
        PusherClient bert = stage.connects(THERE, TestedApp.SANDBOX).subscribes(news);

        JsonNode answer = server
            .at(THERE)
            .triggers(List.of(news, desk), "hello", Map.of("to", "all"), Map.of());
        bert.hears(news, "hello").within(SOON);
        anna.hears(news, "hello").within(SOON);
        anna.hears(desk, "hello").within(SOON);
        server.at(THERE).triggers(List.of(news), "moved", Map.of(), Map.of("socket_id", anna.socketId()));
        bert.hears(news, "moved").within(SOON);
        server.at(HERE).triggers(news, "mark", "");
        anna.hears(news, "mark").within(SOON);

        assertThat(answer).isEmpty();
        assertThat(anna.heard(news, "moved")).isEmpty();
        assertThat(anna.heard(news, "hello")).hasSize(1);
        anna.close();
        bert.close();
    }

    @Test
    void aHundredChannelsAtOnce() {
        List<String> channels = IntStream.range(0, 100)
            .mapToObj(_ -> stage.fresh("many"))
            .toList();
        PusherClient anna = stage
            .connects(THERE, TestedApp.SANDBOX)
            .subscribes(channels.getFirst())
            .subscribes(channels.getLast());

        server.at(HERE).triggers(channels, "hello", Map.of(), Map.of());

        anna.hears(channels.getFirst(), "hello").within(SOON);
        anna.hears(channels.getLast(), "hello").within(SOON);
        anna.close();
    }

    @Test
    void aBatchIsManyEvents() {
        String news = stage.fresh("news");
        String lobby = stage.fresh("presence-lobby");
        PusherClient anna = stage.connectsAs("anna", HERE, TestedApp.SANDBOX).subscribes(news);
        PusherClient bert = stage
            .connectsAs("bert", THERE, TestedApp.SANDBOX)
            .subscribes(news)
            .subscribes(lobby);

        JsonNode plain = server
            .at(THERE)
            .triggersBatch(
                List.of(
                    Map.of("channel", news, "name", "one", "data", Map.of("n", 1)),
                    Map.of("channel", lobby, "name", "two", "data", Map.of("n", 2))
                )
            );
        JsonNode informed = server
            .at(HERE)
            .triggersBatch(
                List.of(
                    Map.of("channel", news, "name", "three", "data", "x", "info", "subscription_count"),
                    Map.of("channel", lobby, "name", "four", "data", "y", "info", "user_count")
                )
            );

        anna.hears(news, "one", data -> data.path("n").asInt() == 1).within(SOON);
        bert.hears(lobby, "two").within(SOON);
        bert.hears(lobby, "four").within(SOON);
        assertThat(plain).isEmpty();
        assertThat(informed.path("batch").path(0).path("subscription_count").asInt()).isEqualTo(2);
        assertThat(informed.path("batch").path(1).path("user_count").asInt()).isEqualTo(1);
        anna.close();
        bert.close();
    }

    @Test
    void whoPublishesMayAskHowManyListen() {
        String news = stage.fresh("news");
        String lobby = stage.fresh("presence-lobby");
        List<PusherClient> clients = List.of(
            stage.connectsAs("anna", HERE, TestedApp.SANDBOX),
            stage.connectsAs("anna", THERE, TestedApp.SANDBOX),
            stage.connectsAs("bert", THERE, TestedApp.SANDBOX)
        );
        clients.forEach(client -> client.subscribes(news).subscribes(lobby));

        JsonNode answer = server
            .at(HERE)
            .triggers(
                List.of(news, lobby),
                "hello",
                Map.of(),
                Map.of("info", "user_count,subscription_count")
            );

        JsonNode channels = answer.path("channels");
        assertThat(channels.path(lobby).path("user_count").asInt()).isEqualTo(2);
        assertThat(channels.path(news).path("subscription_count").asInt()).isEqualTo(3);
        clients.forEach(PusherClient::close);
    }

    @Test
    void channelsAreListedAsLongAsSomebodyIsThere() {
        String prefix = stage.fresh("listed");
        PusherClient anna = stage.connects(HERE, TestedApp.SANDBOX).subscribes(prefix + "-a");
        PusherClient bert = stage
            .connects(THERE, TestedApp.SANDBOX)
            .subscribes(prefix + "-a")
            .subscribes(prefix + "-b");

        for (Place place : Place.values()) {
            JsonNode all = server.at(place).gets("/channels", Map.of("filter_by_prefix", prefix));
            JsonNode one = server
                .at(place)
                .gets("/channels/" + prefix + "-a", Map.of("info", "subscription_count"));
            JsonNode none = server.at(place).gets("/channels/" + prefix + "-c", Map.of());

            assertThat(all.path("channels").propertyNames()).containsExactlyInAnyOrder(
                prefix + "-a",
                prefix + "-b"
            );
            assertThat(one.path("occupied").asBoolean()).isTrue();
            assertThat(one.path("subscription_count").asInt()).isEqualTo(2);
            assertThat(none.path("occupied").asBoolean(true)).isFalse();
        }
        bert.unsubscribes(prefix + "-b");
        // What follows on the connection is answered after it.
        bert.subscribes(stage.fresh("answered"));
        await()
            .atMost(SOON)
            .untilAsserted(() ->
                assertThat(
                    server
                        .gets("/channels", Map.of("filter_by_prefix", prefix))
                        .path("channels")
                        .propertyNames()
                ).containsExactly(prefix + "-a")
            );
        anna.close();
        bert.close();
    }

    @Test
    void onlyTheAppsServerIsHeard() {
        AppServer forger = stage.server(TestedApp.SANDBOX.withSecret("not-the-secret"));
        AppServer nobody = stage.server(TestedApp.SANDBOX.withKey("nobody-s-key"));

        assertThat(forger.calls("trigger", "news", "hello", Map.of()).status()).isEqualTo(401);
        assertThat(nobody.calls("trigger", "news", "hello", Map.of()).status()).isEqualTo(401);
        assertThat(server.calls(700, "trigger", "news", "hello", Map.of()).status()).isEqualTo(401);
        assertThat(server.calls(-700, "get", Map.of("path", "/channels")).status()).isEqualTo(401);
        assertThat(server.calls(500, "trigger", "news", "hello", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void aClosedAppsServerIsNotHeard() {
        AppServer closed = stage.server(TestedApp.CLOSED);

        assertThat(closed.calls("trigger", "news", "hello", Map.of()).status()).isEqualTo(403);
    }

    @Test
    void whatIsTooMuchOrMakesNoSenseIsRefused() {
        List<String> secrets = List.of("private-encrypted-a", "private-encrypted-b");
        Map<String, ?> event = Map.of("channel", "news", "name", "n", "data", "x");

        assertThat(status("trigger", "news", "big", "x".repeat(10 * 1024 + 1))).isEqualTo(413);
        assertThat(status("trigger", "news", "big", "x".repeat(10 * 1024))).isEqualTo(200);
        assertThat(status("trigger", "n".repeat(165), "hello", "")).isEqualTo(400);
        assertThat(status("triggerBatch", Collections.nCopies(11, event))).isEqualTo(400);
        assertThat(status("get", Map.of("path", "/channels/news/users"))).isEqualTo(400);
        assertThat(
            status("get", Map.of("path", "/channels", "params", Map.of("info", "user_count")))
        ).isEqualTo(400);
        assertThat(
            status(
                "post",
                Map.of("path", "/events", "body", Map.of("name", "n", "data", "x", "channels", secrets))
            )
        ).isEqualTo(400);
        assertThat(status("get", Map.of("path", "/nowhere"))).isEqualTo(404);
    }

    private int status(String method, Object... args) {
        return server.calls(method, args).status();
    }
}
