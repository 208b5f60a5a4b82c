package chat.parley.system;

import static chat.parley.system.Place.HERE;
import static chat.parley.system.Place.THERE;
import static chat.parley.system.PusherClient.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an app's server is told by webhooks, once however many nodes there are. */
@OnOneAndOnTwoNodes
class WebhookClientsIT {

    /** Ends are told 3 s after, so that a reload says nothing. */
    private static final Duration AFTER_THE_GRACE = Duration.ofSeconds(15);

    private final Stage stage;
    private Hooks hooks;

    WebhookClientsIT(Stage stage) {
        this.stage = stage;
    }

    @BeforeEach
    void listen() {
        hooks = Hooks.of(TestedApp.SHOP, stage);
    }

    @AfterEach
    void everyOneWasSigned() {
        hooks.close();
        assertThat(hooks.invalid()).isEmpty();
    }

    @Test
    void aChannelIsOccupiedOnceAndVacatedOnce() {
        String channel = stage.fresh("news");
        PusherClient anna = stage.connects(HERE, TestedApp.SHOP).subscribes(channel);
        PusherClient bert = stage.connects(THERE, TestedApp.SHOP).subscribes(channel);
        hooks.tell("channel_occupied", channel).within(SOON);

        anna.close();
        bert.close();
        hooks.tell("channel_vacated", channel).within(AFTER_THE_GRACE);

        // Once more: whatever was told of the first time twice would be told by then.
        stage.connects(THERE, TestedApp.SHOP).subscribes(channel).close();
        hooks.tell("channel_occupied", channel).within(SOON);
        assertThat(hooks.told("channel_vacated", channel)).hasSize(1);
    }

    @Test
    void peopleComeAndGoAndReloadsSayNothing() {
        String channel = stage.fresh("presence-lobby");
        PusherClient anna = stage.connectsAs("anna", HERE, TestedApp.SHOP).subscribes(channel);
        PusherClient bert = stage.connectsAs("bert", THERE, TestedApp.SHOP).subscribes(channel);
        hooks.tell("member_added", channel).within(SOON);

        anna.close();
        PusherClient reloaded = stage.connectsAs("anna", THERE, TestedApp.SHOP).subscribes(channel);
        bert.close();
        JsonNode removed = hooks.tell("member_removed", channel).within(AFTER_THE_GRACE);

        assertThat(removed.path("user_id").asString()).isEqualTo("bert");
        assertThat(hooks.told("member_added", channel))
            .extracting(event -> event.path("user_id").asString())
            .containsExactlyInAnyOrder("anna", "bert");
        assertThat(hooks.told("member_removed", channel)).hasSize(1);
        assertThat(hooks.told("channel_occupied", channel)).hasSize(1);
        reloaded.close();
    }

    @Test
    void whatClientsSayIsTold() {
        String channel = stage.fresh("presence-lobby");
        PusherClient anna = stage.connectsAs("anna", HERE, TestedApp.SHOP).subscribes(channel);
        PusherClient bert = stage.connectsAs("bert", THERE, TestedApp.SHOP).subscribes(channel);

        anna.triggers(channel, "client-nod", Map.of("how", "slowly"));

        JsonNode told = hooks.tell("client_event", channel).within(SOON);
        assertThat(told.path("event").asString()).isEqualTo("client-nod");
        assertThat(Api.JSON.readTree(told.path("data").asString()).path("how").asString()).isEqualTo(
            "slowly"
        );
        assertThat(told.path("socket_id").asString()).isEqualTo(anna.socketId());
        assertThat(told.path("user_id").asString()).isEqualTo("anna");
        bert.hears(channel, "client-nod").within(SOON);
        assertThat(hooks.told("client_event", channel)).hasSize(1);
        anna.close();
        bert.close();
    }

    @Test
    void whatIsRefusedIsSentAgain() {
        String channel = stage.fresh("cache-price");
        hooks.refuses(2);

        PusherClient anna = stage.connects(THERE, TestedApp.SHOP).subscribes(channel);

        hooks.tell("cache_miss", channel).within(AFTER_THE_GRACE);
        hooks.tell("channel_occupied", channel).within(AFTER_THE_GRACE);
        anna.close();
    }

    @Test
    void countsAreTold() {
        String channel = stage.fresh("news");
        PusherClient anna = stage.connects(HERE, TestedApp.SHOP).subscribes(channel);
        PusherClient bert = stage.connects(THERE, TestedApp.SHOP).subscribes(channel);

        hooks.tell("subscription_count", channel).within(SOON);
        await("both are counted")
            .atMost(SOON)
            .until(() ->
                hooks
                    .told("subscription_count", channel)
                    .stream()
                    .anyMatch(event -> event.path("subscription_count").asInt() == 2)
            );

        anna.close();
        bert.close();
    }
}
