package chat.parley.system;

import static chat.parley.system.Place.HERE;
import static chat.parley.system.Place.THERE;
import static chat.parley.system.PusherClient.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Presence channels as pusher-js sees them: people, not tabs. */
@OnOneAndOnTwoNodes
class PresenceClientsIT {

    private final Stage stage;
    private String channel;

    PresenceClientsIT(Stage stage) {
        this.stage = stage;
    }

    @BeforeEach
    void chooseAChannel() {
        channel = stage.fresh("presence-lobby");
    }

    @Test
    void everybodyKnowsWhoElseIsThere() {
        PusherClient anna = stage.connectsAs("anna", HERE, TestedApp.SANDBOX).subscribes(channel);
        PusherClient bert = stage.connectsAs("bert", THERE, TestedApp.SANDBOX).subscribes(channel);

        Heard added = anna.hears(channel, "pusher:member_added").within(SOON);

        assertThat(added.data().path("id").asString()).isEqualTo("bert");
        assertThat(added.data().path("info").path("name").asString()).isEqualTo("Name of bert");
        for (PusherClient client : List.of(anna, bert)) {
            JsonNode members = client.membersOf(channel);
            assertThat(members.path("count").asInt()).isEqualTo(2);
            assertThat(members.path("members").path("anna").path("name").asString()).isEqualTo(
                "Name of anna"
            );
            assertThat(members.path("members").has("bert")).isTrue();
            assertThat(members.path("myID").asString()).isEqualTo(client == anna ? "anna" : "bert");
        }
        // Nobody is told of themselves.
        assertThat(bert.heard(channel, "pusher:member_added")).isEmpty();
        anna.close();
        bert.close();
    }

    @Test
    void aSecondTabIsNobodyNewAndItsEndNobodysLeaving() {
        PusherClient anna = stage.connectsAs("anna", HERE, TestedApp.SANDBOX).subscribes(channel);
        PusherClient bert = stage.connectsAs("bert", HERE, TestedApp.SANDBOX).subscribes(channel);
        PusherClient tab = stage.connectsAs("bert", THERE, TestedApp.SANDBOX).subscribes(channel);
        anna.hears(channel, "pusher:member_added").within(SOON);

        bert.unsubscribes(channel);
        PusherClient carl = stage.connectsAs("carl", THERE, TestedApp.SANDBOX).subscribes(channel);
        anna.hears(channel, "pusher:member_added", isOf("carl")).within(SOON);
        tab.hears(channel, "pusher:member_added", isOf("carl")).within(SOON);
        assertThat(tab.membersOf(channel).path("count").asInt()).isEqualTo(3);
        assertThat(anna.heard(channel, "pusher:member_removed")).isEmpty();

        tab.close();
        Heard removed = anna.hears(channel, "pusher:member_removed").within(SOON);
        assertThat(removed.data().path("id").asString()).isEqualTo("bert");
        assertThat(anna.heard(channel, "pusher:member_removed")).hasSize(1);
        assertThat(anna.heard(channel, "pusher:member_added")).hasSize(2);
        List.of(anna, bert, carl).forEach(PusherClient::close);
    }

    private static Predicate<JsonNode> isOf(String user) {
        return data -> data.path("id").asString().equals(user);
    }

    @Test
    void theApiKnowsThemToo() {
        List<PusherClient> clients = List.of(
            stage.connectsAs("anna", HERE, TestedApp.SANDBOX).subscribes(channel),
            stage.connectsAs("bert", THERE, TestedApp.SANDBOX).subscribes(channel),
            stage.connectsAs("bert", HERE, TestedApp.SANDBOX).subscribes(channel)
        );

        for (Place place : Place.values()) {
            AppServer server = stage.server(TestedApp.SANDBOX).at(place);
            JsonNode users = server.gets("/channels/" + channel + "/users", Map.of()).path("users");
            JsonNode one = server.gets(
                "/channels/" + channel,
                Map.of("info", "user_count,subscription_count")
            );
            JsonNode all = server.gets(
                "/channels",
                Map.of("filter_by_prefix", channel, "info", "user_count")
            );

            assertThat(users.valueStream().map(user -> user.path("id").asString())).containsExactlyInAnyOrder(
                "anna",
                "bert"
            );
            assertThat(one.path("occupied").asBoolean()).isTrue();
            assertThat(one.path("user_count").asInt()).isEqualTo(2);
            assertThat(all.path("channels").path(channel).path("user_count").asInt()).isEqualTo(2);
        }
        clients.forEach(PusherClient::close);
    }

    @Test
    void membersAreSmall() {
        PusherClient longNamed = stage.connectsAs("x".repeat(129), HERE, TestedApp.SANDBOX);
        PusherClient talkative = stage.connects(
            THERE,
            TestedApp.SANDBOX,
            Map.of("member", Map.of("user_id", "anna", "user_info", "x".repeat(1024)))
        );

        for (PusherClient client : List.of(longNamed, talkative)) {
            assertThat(client.isRefused(channel).path("error").asString()).contains("member");
            client.close();
        }
    }

    @Test
    void noMoreThanAHundredGetIn() {
        List<PusherClient> crowd = IntStream.range(0, 100)
            .mapToObj(number ->
                stage.connectsAs("guest" + number, number % 2 == 0 ? HERE : THERE, TestedApp.SANDBOX)
            )
            .toList();
        crowd.forEach(guest -> guest.asksFor(channel));
        crowd.forEach(guest -> guest.hears(channel, "pusher:subscription_succeeded").within(SOON));
        PusherClient late = stage.connectsAs("late", THERE, TestedApp.SANDBOX);
        PusherClient tab = stage.connectsAs("guest1", HERE, TestedApp.SANDBOX);

        JsonNode refusal = late.isRefused(channel);
        tab.subscribes(channel);

        assertThat(refusal.path("type").asString()).isEqualTo("LimitReached");
        crowd.forEach(PusherClient::close);
        late.close();
        tab.close();
    }
}
