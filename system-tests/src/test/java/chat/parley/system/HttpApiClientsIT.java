package chat.parley.system;

import static chat.parley.system.Place.HERE;
import static chat.parley.system.Place.THERE;
import static chat.parley.system.PusherClient.SOON;
import static org.assertj.core.api.Assertions.assertThat;

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
}
