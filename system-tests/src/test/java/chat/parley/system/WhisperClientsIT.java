package chat.parley.system;

import static chat.parley.system.Place.HERE;
import static chat.parley.system.Place.THERE;
import static chat.parley.system.PusherClient.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Client events: what pusher-js' clients tell each other, and what the server does not pass on. */
@OnOneAndOnTwoNodes
class WhisperClientsIT {

    private static final int A_SECOND = 10;

    private final Stage stage;

    WhisperClientsIT(Stage stage) {
        this.stage = stage;
    }

    @Test
    void theOthersHearThemAndTheSenderDoesNot() {
        String channel = stage.fresh("private-desk");
        PusherClient anna = stage.connects(HERE, TestedApp.SANDBOX).subscribes(channel);
        PusherClient bert = stage.connects(THERE, TestedApp.SANDBOX).subscribes(channel);
        PusherClient carl = stage.connects(HERE, TestedApp.SANDBOX).subscribes(channel);

        anna.triggers(channel, "client-nod", Map.of("how", "slowly"));
        // Heard after it, by everybody.
        bert.hears(channel, "client-nod").within(SOON);
        carl.hears(channel, "client-nod").within(SOON);
        bert.triggers(channel, "client-answer", Map.of());
        anna.hears(channel, "client-answer").within(SOON);

        assertThat(carl.heard(channel, "client-nod").getFirst().path("how").asString()).isEqualTo("slowly");
        assertThat(anna.heard(channel, "client-nod")).isEmpty();
        List.of(anna, bert, carl).forEach(PusherClient::close);
    }

    @Test
    void membersAreNamedAsTheirSenders() {
        String channel = stage.fresh("presence-lobby");
        PusherClient anna = stage.connectsAs("anna", HERE, TestedApp.SANDBOX).subscribes(channel);
        PusherClient bert = stage
            .connectsAs("bert", THERE, TestedApp.SANDBOX)
            .subscribes(channel, "client-nod");

        anna.triggers(channel, "client-nod", Map.of("user_id", "somebody else"));

        JsonNode nod = bert.hears(channel, "client-nod").within(SOON).data();
        assertThat(nod.path("metadata").path("user_id").asString()).isEqualTo("anna");
        anna.close();
        bert.close();
    }

    @Test
    void neitherPublicNorEncryptedChannelsCarryThem() {
        String open = stage.fresh("news");
        String encrypted = stage.fresh("private-encrypted-desk");
        PusherClient anna = stage.connects(HERE, TestedApp.SANDBOX).subscribes(open).subscribes(encrypted);
        PusherClient bert = stage.connects(THERE, TestedApp.SANDBOX).subscribes(open).subscribes(encrypted);

        anna.sendsTo(open, "client-nod", Map.of());
        anna.sendsTo(encrypted, "client-nod", Map.of());
        anna.sendsTo(stage.fresh("private-elsewhere"), "client-nod", Map.of());

        await("three errors")
            .atMost(SOON)
            .until(() -> told(anna) == 3);
        stage.server(TestedApp.SANDBOX).triggers(open, "mark", "");
        bert.hears(open, "mark").within(SOON);
        assertThat(bert.heard(open, "client-nod")).isEmpty();
        anna.close();
        bert.close();
    }

    @Test
    void aBigOneIsRefusedAndTheLargestAllowedIsNot() {
        String channel = stage.fresh("private-desk");
        PusherClient anna = stage.connects(HERE, TestedApp.SANDBOX).subscribes(channel);
        PusherClient bert = stage.connects(THERE, TestedApp.SANDBOX).subscribes(channel);

        // As JSON each has its two quotes around it.
        anna.triggers(channel, "client-too-big", "x".repeat(10 * 1024 + 1));
        anna.hears("", "error").within(SOON);
        anna.triggers(channel, "client-big", "x".repeat(10 * 1024 - 2));

        assertThat(bert.hears(channel, "client-big").within(SOON).data().asString()).hasSize(10 * 1024 - 2);
        assertThat(bert.heard(channel, "client-too-big")).isEmpty();
        anna.close();
        bert.close();
    }

    @Test
    void tenASecondAreEnough() {
        String channel = stage.fresh("private-desk");
        PusherClient hasty = stage.connects(HERE, TestedApp.SHOP).subscribes(channel);
        PusherClient calm = stage.connects(THERE, TestedApp.SHOP).subscribes(channel);
        int many = 5 * A_SECOND;

        IntStream.range(0, many).forEach(number ->
            hasty.triggers(channel, "client-nod", Map.of("number", number))
        );

        hasty.isTold(4301).within(SOON);
        await("each is either passed on or refused")
            .atMost(SOON)
            .until(() -> told(hasty) + heard(calm, channel) == many);
        assertThat(heard(calm, channel)).isGreaterThanOrEqualTo(A_SECOND);
        // The connection stays, and so does who kept calm.
        calm.triggers(channel, "client-answer", Map.of());
        hasty.hears(channel, "client-answer").within(SOON);
        hasty.close();
        calm.close();
    }

    private static int told(PusherClient client) {
        return client.heard("", "error").size();
    }

    private static int heard(PusherClient client, String channel) {
        return client.heard(channel, "client-nod").size();
    }
}
