package chat.parley.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.json.WireJson;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.nodes.NodeLease;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.TestServers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** What is counted over two nodes: asked for by an app's server, and told to clients. */
class CountsJourneyIT extends RealtimeTest {

    private ConfigurableApplicationContext second;

    @BeforeEach
    void startsSecondNode() {
        var settings = new HashMap<>(TestServers.environment(Set.of(Server.KAFKA, Server.REDIS)));
        settings.put("parley.realtime.apps.counted.key", "counted-key");
        settings.put("parley.realtime.apps.counted.secret", "counted-secret");
        settings.put("parley.realtime.apps.counted.subscription-counts", "true");
        settings.put("parley.realtime.nodes.lease", "3s");
        settings.put("parley.realtime.nodes.renewal", "500ms");
        second = anotherNode(settings);
    }

    @AfterEach
    void stopsSecondNode() {
        second.close();
    }

    private App counted() {
        return apps.withId("counted").orElseThrow();
    }

    private PusherClient here(String key) {
        return keep(PusherClient.connect(port, key));
    }

    private PusherClient there(String key) {
        return keep(PusherClient.connect(portOf(second), key));
    }

    private HttpResponse<String> ask(String resource, String parameters) {
        return send(to(ApiRequests.get(sandbox(), resource, parameters)).GET());
    }

    private JsonNode answer(String resource, String parameters) {
        var response = ask(resource, parameters);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return WireJson.mapper().readTree(response.body());
    }

    private void eventuallyAnswers(String resource, String parameters, String expected) {
        JsonNode json = WireJson.mapper().readTree(expected);
        Await.until(PusherClient.SOON, () -> answer(resource, parameters).equals(json));
    }

    private JsonNode posts(ApiRequests.Signed signed) {
        var response = send(to(signed.path()).POST(HttpRequest.BodyPublishers.ofString(signed.body())));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return WireJson.mapper().readTree(response.body());
    }

    // --- asked by the app's server

    @Test
    void tellsWhichChannelsAreHeardOnAnyNode() {
        here("sandbox-key").joinsSigned(sandbox(), "presence-list-a", "ada");
        there("sandbox-key").joinsSigned(sandbox(), "presence-list-a", "ada");
        there("sandbox-key").joinsSigned(sandbox(), "presence-list-b", "bert");
        there("sandbox-key").joinsSigned(sandbox(), "presence-list-a", "bert");

        eventuallyAnswers(
            "channels",
            "filter_by_prefix=presence-list-&info=user_count,subscription_count",
            """
            {"channels": {"presence-list-a": {"user_count": 2, "subscription_count": 3},
                          "presence-list-b": {"user_count": 1, "subscription_count": 1}}}
            """
        );
        eventuallyAnswers(
            "channels",
            "filter_by_prefix=presence-list-b",
            "{\"channels\":{\"presence-list-b\":{}}}"
        );
        assertThat(answer("channels", "").at("/channels/presence-list-a").isObject()).isTrue();
    }

    @Test
    void tellsOfOneChannelAndWhoIsThere() {
        String name = "presence-one;two=3,4@5";
        PusherClient ada = here("sandbox-key");
        ada.joinsSigned(sandbox(), name, "ada");
        there("sandbox-key").joinsSigned(sandbox(), name, "bert");

        eventuallyAnswers(
            "channels/" + name,
            "info=user_count,subscription_count",
            "{\"occupied\":true,\"user_count\":2,\"subscription_count\":2}"
        );
        assertThat(answer("channels/" + name + "/users", "").path("users"))
            .extracting(user -> user.path("id").stringValue())
            .containsExactlyInAnyOrder("ada", "bert");
        eventuallyAnswers("channels/nobody-here", "", "{\"occupied\":false}");
        ada.unsubscribes(name);
        eventuallyAnswers(
            "channels/" + name,
            "info=subscription_count",
            "{\"occupied\":true,\"subscription_count\":1}"
        );
    }

    @Test
    void whoPublishesMayAskForCountsInTheSameCall() {
        here("sandbox-key").joinsSigned(sandbox(), "presence-info", "ada");
        there("sandbox-key").subscribesSigned(sandbox(), "private-info");
        eventuallyAnswers("channels/private-info", "", "{\"occupied\":true}");
        eventuallyAnswers("channels/presence-info", "", "{\"occupied\":true}");

        String body =
            "{\"name\":\"n\",\"data\":\"\",\"channels\":[\"presence-info\",\"private-info\"]," +
            "\"info\":\"user_count,subscription_count\"}";
        JsonNode one = posts(ApiRequests.publish(sandbox(), body, null));
        String batch =
            "{\"batch\":[{\"name\":\"n\",\"data\":\"\",\"channel\":\"presence-info\",\"info\":\"user_count\"}," +
            "{\"name\":\"n\",\"data\":\"\",\"channel\":\"private-info\"}]}";
        JsonNode several = posts(ApiRequests.publishBatch(sandbox(), batch));
        JsonNode none = posts(
            ApiRequests.publish(sandbox(), "{\"name\":\"n\",\"data\":\"\",\"channel\":\"a\"}", null)
        );

        assertThat(one.toString()).isEqualTo(
            "{\"channels\":{\"presence-info\":{\"user_count\":1,\"subscription_count\":1}," +
                "\"private-info\":{\"subscription_count\":1}}}"
        );
        assertThat(several.toString()).isEqualTo("{\"batch\":[{\"user_count\":1},{}]}");
        assertThat(none.toString()).isEqualTo("{}");
    }

    @Test
    void whatANodeHeldIsNotCountedOnceItStopped() {
        there("sandbox-key").subscribesSigned(sandbox(), "private-stop");
        here("sandbox-key").subscribesSigned(sandbox(), "private-stop");
        eventuallyAnswers(
            "channels/private-stop",
            "info=subscription_count",
            "{\"occupied\":true,\"subscription_count\":2}"
        );

        second.close();

        eventuallyAnswers(
            "channels/private-stop",
            "info=subscription_count",
            "{\"occupied\":true,\"subscription_count\":1}"
        );
    }

    @Test
    void aNodeThatStoodStillIsTakenForDeadAndCountsAgainWhenItGoesOn() {
        there("sandbox-key").joinsSigned(sandbox(), "presence-still", "ada");
        String counts = "info=user_count,subscription_count";
        String there = "{\"occupied\":true,\"user_count\":1,\"subscription_count\":1}";
        eventuallyAnswers("channels/presence-still", counts, there);

        second.getBean(NodeLease.class).stop();
        eventuallyAnswers(
            "channels/presence-still",
            counts,
            "{\"occupied\":false,\"user_count\":0,\"subscription_count\":0}"
        );
        second.getBean(NodeLease.class).start();

        eventuallyAnswers("channels/presence-still", counts, there);
    }

    // --- told to clients

    @Test
    void subscribersHearHowManyTheyAreOnAllNodes() {
        PusherClient first = here("counted-key");
        first.subscribes("counted");
        assertThat(first.hears("pusher_internal:subscription_count").data().toString()).isEqualTo(
            "{\"subscription_count\":1}"
        );

        PusherClient other = there("counted-key");
        other.subscribes("counted");
        other.isSubscribedTo("counted");

        hearsCount(first, 2);
        hearsCount(other, 2);
        other.unsubscribes("counted");
        hearsCount(first, 1);
        PusherClient uncounted = here("sandbox-key");
        uncounted.subscribesSigned(sandbox(), "private-uncounted");
        there("sandbox-key").subscribesSigned(sandbox(), "private-uncounted");
        assertThat(uncounted.everythingSoFar()).isEmpty();
    }

    private static void hearsCount(PusherClient client, int count) {
        client.hears(
            heard ->
                heard.event().equals("pusher_internal:subscription_count") &&
                heard.data().path("subscription_count").intValue() == count
        );
    }

    private static void signsIn(PusherClient client, App app, String user, List<String> watchlist) {
        String data = WireJson.mapper().writeValueAsString(Map.of("id", user, "watchlist", watchlist));
        String auth = app.authorize(client.socketId() + "::user::" + data);
        client.says("pusher:signin", null, Map.of("auth", auth, "user_data", data));
        client.hears("pusher:signin_success");
    }

    private static void hearsOf(PusherClient client, String events) {
        assertThat(client.hears("pusher_internal:watchlist_events").data().path("events")).isEqualTo(
            WireJson.mapper().readTree(events)
        );
    }

    @Test
    void whoWatchesHearsWhoComesWithTheirFirstAndGoesWithTheirLastConnection() {
        PusherClient ada = there("sandbox-key");
        signsIn(ada, sandbox(), "wl-ada", List.of());
        PusherClient watcher = here("sandbox-key");
        signsIn(watcher, sandbox(), "wl-watcher", List.of("wl-bert", "wl-cleo"));
        hearsOf(watcher, "[{\"name\":\"offline\",\"user_ids\":[\"wl-bert\",\"wl-cleo\"]}]");

        PusherClient bert = there("sandbox-key");
        signsIn(bert, sandbox(), "wl-bert", List.of("wl-watcher"));
        hearsOf(watcher, "[{\"name\":\"online\",\"user_ids\":[\"wl-bert\"]}]");
        hearsOf(bert, "[{\"name\":\"online\",\"user_ids\":[\"wl-watcher\"]}]");

        PusherClient again = here("sandbox-key");
        signsIn(again, sandbox(), "wl-bert", List.of("wl-ada", "wl-cleo"));
        hearsOf(
            again,
            "[{\"name\":\"online\",\"user_ids\":[\"wl-ada\"]},{\"name\":\"offline\",\"user_ids\":[\"wl-cleo\"]}]"
        );
        bert.close();
        Await.until(PusherClient.SOON, () -> !bert.isOpen());
        PusherClient cleo = here("sandbox-key");
        signsIn(cleo, sandbox(), "wl-cleo", List.of());
        hearsOf(watcher, "[{\"name\":\"online\",\"user_ids\":[\"wl-cleo\"]}]");
        again.close();
        hearsOf(watcher, "[{\"name\":\"offline\",\"user_ids\":[\"wl-bert\"]}]");
    }

    @Test
    void aWatchlistEndsAfterAHundred() {
        PusherClient last = here("sandbox-key");
        signsIn(last, sandbox(), "user-100", List.of());
        PusherClient watcher = here("sandbox-key");
        List<String> users = IntStream.rangeClosed(0, 100)
            .mapToObj(n -> "user-" + n)
            .toList();

        signsIn(watcher, sandbox(), "wl-many", users);

        var error = watcher.hears("pusher:error");
        assertThat(error.data().path("code").intValue()).isEqualTo(4302);
        var told = watcher.hears("pusher_internal:watchlist_events").data();
        assertThat(told.at("/events/0/name").stringValue()).isEqualTo("offline");
        assertThat(told.at("/events/0/user_ids").size()).isEqualTo(100);
    }
}
