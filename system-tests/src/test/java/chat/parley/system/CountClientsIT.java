package chat.parley.system;

import static chat.parley.system.Place.HERE;
import static chat.parley.system.Place.THERE;
import static chat.parley.system.PusherClient.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Subscription counts, for apps that ask for them. */
@OnOneAndOnTwoNodes
class CountClientsIT {

    private final Stage stage;

    CountClientsIT(Stage stage) {
        this.stage = stage;
    }

    @Test
    void membersOfPresenceChannelsAreNotCountedThatWay() {
        String lobby = stage.fresh("presence-lobby");
        String news = stage.fresh("news");
        PusherClient anna = stage.connectsAs("anna", HERE, TestedApp.SHOP).subscribes(lobby);

        anna.subscribes(news);
        anna.hears(news, "pusher:subscription_count").within(SOON);

        assertThat(anna.heard(lobby, "pusher:subscription_count")).isEmpty();
        anna.close();
    }

    @Test
    void otherAppsHearNothingOfIt() {
        String news = stage.fresh("news");
        PusherClient anna = stage.connects(HERE, TestedApp.SANDBOX).subscribes(news);
        PusherClient bert = stage.connects(THERE, TestedApp.SANDBOX).subscribes(news);

        stage.server(TestedApp.SANDBOX).triggers(news, "mark", Map.of());
        anna.hears(news, "mark").within(SOON);

        assertThat(anna.heard(news, "pusher:subscription_count")).isEmpty();
        anna.close();
        bert.close();
    }

    @Test
    void subscribersAreToldHowManyTheyAreOnAllNodes() {
        String channel = stage.fresh("news");
        PusherClient anna = stage.connects(HERE, TestedApp.SHOP).subscribes(channel);
        PusherClient bert = stage.connects(THERE, TestedApp.SHOP).subscribes(channel);

        for (PusherClient client : List.of(anna, bert)) {
            client
                .hears(
                    channel,
                    "pusher:subscription_count",
                    data -> data.path("subscription_count").asInt() == 2
                )
                .within(SOON);
        }
        bert.unsubscribes(channel);
        await("one is left")
            .atMost(SOON)
            .until(() -> last(anna, channel) == 1);
        anna.close();
        bert.close();
    }

    private static int last(PusherClient client, String channel) {
        return client
            .heard(channel, "pusher:subscription_count")
            .getLast()
            .path("subscription_count")
            .asInt();
    }
}
