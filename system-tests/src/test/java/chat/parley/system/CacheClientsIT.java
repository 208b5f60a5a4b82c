package chat.parley.system;

import static chat.parley.system.Place.HERE;
import static chat.parley.system.Place.THERE;
import static chat.parley.system.PusherClient.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Channels that remember their last event, and channels whose events the server cannot read. */
@OnOneAndOnTwoNodes
class CacheClientsIT {

    private final Stage stage;

    CacheClientsIT(Stage stage) {
        this.stage = stage;
    }

    @ParameterizedTest
    @ValueSource(strings = { "cache-", "private-cache-", "presence-cache-", "private-encrypted-cache-" })
    void whoComesLaterHearsTheLastEventFirst(String kind) {
        String channel = stage.fresh(kind + "price");
        AppServer server = stage.server(TestedApp.SANDBOX);
        PusherClient early = stage.connectsAs("early", HERE, TestedApp.SANDBOX).subscribes(channel);
        early.hears(channel, "pusher:cache_miss").within(SOON);

        server.at(HERE).triggers(channel, "price", Map.of("is", 1));
        server.at(THERE).triggers(channel, "price", Map.of("is", 2));
        early.hears(channel, "price", price -> price.path("is").asInt() == 2).within(SOON);
        PusherClient late = stage.connectsAs("late", THERE, TestedApp.SANDBOX).subscribes(channel);
        Heard first = late.hears(channel, "price").within(SOON);

        assertThat(first.data().path("is").asInt()).isEqualTo(2);
        assertThat(late.heard(channel, "price")).hasSize(1);
        assertThat(late.heard(channel, "pusher:cache_miss")).isEmpty();
        early.close();
        late.close();
    }

    @Test
    void whatClientsSayIsNotRemembered() {
        String channel = stage.fresh("private-cache-desk");
        PusherClient anna = stage.connects(HERE, TestedApp.SANDBOX).subscribes(channel);
        PusherClient bert = stage.connects(HERE, TestedApp.SANDBOX).subscribes(channel);

        anna.triggers(channel, "client-nod", Map.of());
        bert.hears(channel, "client-nod").within(SOON);
        PusherClient late = stage.connects(THERE, TestedApp.SANDBOX).subscribes(channel);

        late.hears(channel, "pusher:cache_miss").within(SOON);
        assertThat(late.heard(channel, "client-nod")).isEmpty();
        List.of(anna, bert, late).forEach(PusherClient::close);
    }

    @Test
    void theApiSaysWhatIsRemembered() {
        String channel = stage.fresh("cache-price");
        AppServer server = stage.server(TestedApp.SANDBOX);
        PusherClient anna = stage.connects(HERE, TestedApp.SANDBOX).subscribes(channel);

        server.at(THERE).triggers(channel, "price", Map.of("is", 3));
        anna.hears(channel, "price").within(SOON);

        JsonNode cache = server.at(HERE).gets("/channels/" + channel, Map.of("info", "cache")).path("cache");
        assertThat(cache.path("data").asString()).isEqualTo("{\"is\":3}");
        assertThat(cache.path("ttl").asInt()).isBetween(1, 30 * 60);
        anna.close();
    }

    @Test
    void onlyThoseWithTheKeyCanReadAnEncryptedChannel() {
        String channel = stage.fresh("private-encrypted-desk");
        PusherClient anna = stage.connects(HERE, TestedApp.SANDBOX).subscribes(channel);
        PusherClient bert = stage.connects(THERE, TestedApp.SANDBOX).subscribes(channel);

        stage.server(TestedApp.SANDBOX).at(THERE).triggers(channel, "secret", Map.of("is", "kept"));

        assertThat(anna.hears(channel, "secret").within(SOON).data().path("is").asString()).isEqualTo("kept");
        assertThat(bert.hears(channel, "secret").within(SOON).data().path("is").asString()).isEqualTo("kept");
        anna.close();
        bert.close();
    }
}
